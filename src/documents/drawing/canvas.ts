import { create as createQr } from 'qrcode'
import { unprocessable } from '../../platform/index.ts'
import type { FontName } from './font.ts'
import { outlineOperators } from './outline.ts'
import type { Paper } from './paper.ts'
import { glyphsWidth, PT_PER_MM, settingOf, type TextStyle, textWidth, wrapText } from './text-setting.ts'

/** Stroke and fill of shapes; grays from 0 black to 1 white, null for none. */
export interface ShapeStyle {
  stroke?: number | null
  fill?: number | null
  thicknessPt?: number
  /** Lengths in pt of dash and gap. */
  dashPt?: readonly [number, number]
}

export interface Place {
  x: number
  /** Top of the first line, from the top of the page. */
  y: number
  /** Needed for wrapping and for `center` and `right`. */
  width?: number
}

/** What a page holds when it is done: content operators and the fonts they name. */
export interface DrawnPage {
  operators: string
  fonts: Set<FontName>
}

const PAGES_MAX = 200
const CAP_HEIGHT = 0.716

/**
 * A drawing surface in millimetres, origin top left, made of pages. `y` is a cursor that layouts move down; `ensure`
 * starts a new page when what comes next would not fit. Drawing is pure: the same calls give the same pages.
 */
export class Canvas {
  readonly paper: Paper
  /** Top of the free space on the current page, mm. */
  y: number
  /** Called after each page break with the cursor at the top margin, for a continuation head. */
  onNewPage: () => void = () => {}
  /** Called once per page when the drawing is finished. */
  footer: (page: number, pages: number) => void = () => {}
  /** Glyphs used by each font, for subsetting. */
  readonly used = new Map<FontName, Map<number, { advance: number; text: string }>>()
  readonly #pages: { operators: string[]; fonts: Set<FontName> }[] = []
  #current = 0

  constructor(paper: Paper) {
    this.paper = paper
    this.y = paper.marginMm.top
    this.#pages.push({ operators: [], fonts: new Set() })
  }

  get left(): number {
    return this.paper.marginMm.left
  }

  get right(): number {
    return this.paper.widthMm - this.paper.marginMm.right
  }

  get bottom(): number {
    return this.paper.heightMm - this.paper.marginMm.bottom
  }

  get width(): number {
    return this.right - this.left
  }

  get pageCount(): number {
    return this.#pages.length
  }

  /** @throws AppError document.too-long */
  newPage(): void {
    if (this.#pages.length >= PAGES_MAX) {
      throw unprocessable('document.too-long', 'too many pages', { details: { pagesMax: PAGES_MAX } })
    }
    this.#pages.push({ operators: [], fonts: new Set() })
    this.#current = this.#pages.length - 1
    this.y = this.paper.marginMm.top
    this.onNewPage()
  }

  /** Starts a new page unless `heightMm` is free; @returns whether it did */
  ensure(heightMm: number): boolean {
    if (this.y + heightMm <= this.bottom + 1e-6) return false
    this.newPage()
    return true
  }

  /** Writes one line without wrapping. @returns its height in mm */
  line(text: string, place: Place, style: TextStyle = {}): number {
    const setting = settingOf(style)
    const glyphs = setting.font.glyphs(text)
    const spare = (place.width ?? 0) - glyphsWidth(glyphs, setting.sizePt)
    const shift = setting.align === 'left' ? 0 : setting.align === 'right' ? spare : spare / 2
    if (glyphs.length === 0) return setting.lineMm
    this.#use(setting.font.name, glyphs, text)
    // Capitals stand in the middle of the line, so that text and boxes of one height look level.
    const capMm = (setting.sizePt * CAP_HEIGHT) / PT_PER_MM
    const baseline = place.y + (setting.lineMm + capMm) / 2
    const hex = glyphs.map((glyph) => glyph.id.toString(16).padStart(4, '0')).join('')
    this.#write(
      `BT /${setting.font.name} ${num(setting.sizePt)} Tf ${num(setting.gray)} g ` +
        `${this.#point(place.x + shift, baseline)} Td <${hex}> Tj ET`,
    )
    return setting.lineMm
  }

  /** Writes wrapped text. @returns its height in mm */
  paragraph(text: string, place: Place & { width: number }, style: TextStyle = {}): number {
    const lines = wrapText(text, place.width, style)
    const { lineMm } = settingOf(style)
    lines.forEach((line, i) => {
      this.line(line, { ...place, y: place.y + i * lineMm }, style)
    })
    return lines.length * lineMm
  }

  /** Height of `paragraph` without drawing it, mm. */
  paragraphHeight(text: string, widthMm: number, style: TextStyle = {}): number {
    return wrapText(text, widthMm, style).length * settingOf(style).lineMm
  }

  measure(text: string, style: TextStyle = {}): number {
    return textWidth(text, style)
  }

  rule(from: [number, number], to: [number, number], style: ShapeStyle = {}): void {
    this.#shape(`${this.#point(...from)} m ${this.#point(...to)} l`, { ...style, fill: null })
  }

  box(x: number, y: number, widthMm: number, heightMm: number, style: ShapeStyle = {}): void {
    const corner = this.#point(x, y + heightMm)
    this.#shape(`${corner} ${num(widthMm * PT_PER_MM)} ${num(heightMm * PT_PER_MM)} re`, style)
  }

  /** A path of absolute `M L C Z` commands in its own units, `scale` mm each, put at (x, y). */
  outline(path: string, place: { x: number; y: number; scale: number }, style: ShapeStyle = {}): void {
    const at = (px: number, py: number) => this.#point(place.x + px * place.scale, place.y + py * place.scale)
    this.#shape(outlineOperators(path, at), style)
  }

  /** A small square, with a tick when `ticked`. */
  tickBox(x: number, y: number, sizeMm: number, ticked: boolean): void {
    this.box(x, y, sizeMm, sizeMm, { thicknessPt: 0.7 })
    if (!ticked) return
    this.outline(
      'M 0.17 0.52 L 0.42 0.78 L 0.9 0.08',
      { x, y, scale: sizeMm },
      { thicknessPt: Math.max(1.1, sizeMm * 0.42) },
    )
  }

  /** A QR code as vector squares, medium error correction, without the quiet zone (leave 4 modules of white). */
  qr(text: string, x: number, y: number, sizeMm: number): void {
    const { modules } = createQr(text, { errorCorrectionLevel: 'M' })
    const module = sizeMm / modules.size
    const rows: string[] = []
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        if (!modules.get(row, column)) continue
        const start = column
        while (column + 1 < modules.size && modules.get(row, column + 1)) column++
        const corner = this.#point(x + start * module, y + (row + 1) * module)
        rows.push(`${corner} ${num((column - start + 1) * module * PT_PER_MM)} ${num(module * PT_PER_MM)} re`)
      }
    }
    this.#shape(rows.join(' '), { fill: 0, stroke: null })
  }

  /** Draws the footers and hands over the pages. */
  finish(): DrawnPage[] {
    this.#pages.forEach((_, index) => {
      this.#current = index
      this.footer(index + 1, this.#pages.length)
    })
    return this.#pages.map(({ operators, fonts }) => ({ operators: operators.join('\n'), fonts }))
  }

  #shape(path: string, { stroke = 0, fill = null, thicknessPt = 0.5, dashPt }: ShapeStyle): void {
    const paint = stroke !== null && fill !== null ? 'B' : fill !== null ? 'f' : 'S'
    const dash = dashPt ? `[${num(dashPt[0])} ${num(dashPt[1])}] 0 d ` : ''
    const colours = `${stroke === null ? '' : `${num(stroke)} G `}${fill === null ? '' : `${num(fill)} g `}`
    this.#write(`q ${num(thicknessPt)} w ${dash}${colours}${path} ${paint} Q`)
  }

  #use(font: FontName, glyphs: readonly { id: number; advance: number }[], text: string): void {
    this.#page().fonts.add(font)
    const used = this.used.get(font) ?? new Map<number, { advance: number; text: string }>()
    this.used.set(font, used)
    const characters = Array.from(text.normalize('NFC'))
    glyphs.forEach(({ id, advance }, i) => {
      if (!used.has(id)) used.set(id, { advance, text: characters[i] ?? ' ' })
    })
  }

  #point(x: number, y: number): string {
    return `${num(x * PT_PER_MM)} ${num((this.paper.heightMm - y) * PT_PER_MM)}`
  }

  #page() {
    const page = this.#pages[this.#current]
    if (!page) throw new Error('no such page')
    return page
  }

  #write(operators: string): void {
    this.#page().operators.push(operators)
  }
}

/** Three decimals of a point are finer than any printer; no exponents, which PDF does not know. */
function num(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
