import { type Font, type FontName, type Glyph, loadFont } from './font.ts'

/** Measuring and breaking of text; lengths in mm, type sizes in points. */
export interface TextStyle {
  font?: FontName
  sizePt?: number
  /** 0 black … 1 white. */
  gray?: number
  align?: 'left' | 'center' | 'right'
  /** Distance of baselines as a multiple of the type size. */
  leading?: number
}

export const MM_PER_PT = 25.4 / 72
export const PT_PER_MM = 72 / 25.4
const DEFAULT_SIZE_PT = 10
const DEFAULT_LEADING = 1.22

export interface Setting {
  font: Font
  sizePt: number
  gray: number
  align: 'left' | 'center' | 'right'
  /** mm from baseline to baseline. */
  lineMm: number
}

export function settingOf(style: TextStyle): Setting {
  const sizePt = style.sizePt ?? DEFAULT_SIZE_PT
  return {
    font: loadFont(style.font ?? 'regular'),
    sizePt,
    gray: style.gray ?? 0,
    align: style.align ?? 'left',
    lineMm: sizePt * (style.leading ?? DEFAULT_LEADING) * MM_PER_PT,
  }
}

export function glyphsWidth(glyphs: readonly Glyph[], sizePt: number): number {
  return (glyphs.reduce((sum, glyph) => sum + glyph.advance, 0) / 1000) * sizePt * MM_PER_PT
}

export function textWidth(text: string, style: TextStyle = {}): number {
  const { font, sizePt } = settingOf(style)
  return glyphsWidth(font.glyphs(text), sizePt)
}

/** Breaks text at spaces, after hyphens and slashes, and inside a word only if it alone is too wide; keeps line ends. */
export function wrapText(text: string, widthMm: number, style: TextStyle = {}): string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => wrapLine(line, widthMm, style))
}

function wrapLine(text: string, widthMm: number, style: TextStyle): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text)) {
    if (fits(line + piece, widthMm, style)) {
      line += piece
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    const cut = cutToWidth(piece, widthMm, style)
    lines.push(...cut.slice(0, -1))
    line = cut.at(-1) ?? ''
  }
  lines.push(line.trimEnd())
  return lines
}

const fits = (text: string, widthMm: number, style: TextStyle) => textWidth(text.trimEnd(), style) <= widthMm + 1e-6

/** Words with the space, hyphen or slash that ends them. A slash between digits ("005/1234") is no place to break. */
function pieces(text: string): string[] {
  return text
    .replaceAll('\t', ' ')
    .split(/(?<=\s)(?=\S)|(?<=[\p{L}][-/])(?=\p{L})/u)
    .filter((piece) => piece !== '')
}

function cutToWidth(piece: string, widthMm: number, style: TextStyle): string[] {
  const out: string[] = []
  let part = ''
  for (const character of piece) {
    if (part !== '' && !fits(part + character, widthMm, style)) {
      out.push(part)
      part = ''
    }
    part += character
  }
  return [...out, part]
}
