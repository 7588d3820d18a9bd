import type { Canvas } from './canvas.ts'
import { settingOf, type TextStyle, wrapText } from './text-setting.ts'

/**
 * Table rows that may be longer than a page: a cell is a list of atoms (a line of text, a tick with its label) that
 * are never cut themselves; a row that does not fit goes on after the page break, its frame closed on both sides.
 */
export interface Atom {
  heightMm: number
  draw(x: number, y: number): void
}

export interface Cell {
  widthMm: number
  atoms: readonly Atom[]
}

export interface RowStyle {
  /** Free space inside the frame. */
  paddingMm?: { x: number; y: number }
  /** Frame of the row; thickness in pt. */
  thicknessPt?: number
  /** Gray behind the row, 0–1. */
  fill?: number | null
  /** The row is at least this high, mm. */
  minMm?: number
}

const PADDING = { x: 2, y: 1.5 }

/** One atom per wrapped line. */
export function textAtoms(canvas: Canvas, text: string, widthMm: number, style: TextStyle = {}): Atom[] {
  const { lineMm } = settingOf(style)
  return wrapText(text, widthMm, style).map((line) => ({
    heightMm: lineMm,
    draw: (x, y) => canvas.line(line, { x, y, width: widthMm }, style),
  }))
}

/** A tick box with its label, which hangs behind the box when it wraps. */
export function tickAtoms(
  canvas: Canvas,
  label: string,
  ticked: boolean,
  widthMm: number,
  style: TextStyle = {},
): Atom[] {
  const { lineMm } = settingOf(style)
  const boxMm = lineMm * 0.66
  const indent = boxMm * 1.6
  return wrapText(label, widthMm - indent, style).map((line, i) => ({
    heightMm: lineMm * (i === 0 ? 1.08 : 1),
    draw: (x, y) => {
      if (i === 0) canvas.tickBox(x, y + (lineMm - boxMm) / 2, boxMm, ticked)
      canvas.line(line, { x: x + indent, y }, style)
    },
  }))
}

export const gapAtom = (heightMm: number): Atom => ({ heightMm, draw: () => {} })

/** A dotted line to write on. */
export function blankAtom(canvas: Canvas, widthMm: number, heightMm: number, label = ''): Atom {
  return {
    heightMm,
    draw: (x, y) => {
      canvas.line(label, { x, y: y + heightMm - 4.2 }, { sizePt: 9 })
      const from = x + (label === '' ? 0 : canvas.measure(label, { sizePt: 9 }) + 1)
      canvas.rule([from, y + heightMm - 1], [x + widthMm, y + heightMm - 1], {
        thicknessPt: 0.6,
        dashPt: [0.6, 1.8],
        stroke: 0.3,
      })
    },
  }
}

export const atomsHeight = (atoms: readonly Atom[]) => atoms.reduce((sum, { heightMm }) => sum + heightMm, 0)

/** Height of a row on one page, mm. */
export function rowHeight(cells: readonly Cell[], style: RowStyle = {}): number {
  const padding = style.paddingMm ?? PADDING
  return Math.max(style.minMm ?? 0, ...cells.map(({ atoms }) => atomsHeight(atoms) + 2 * padding.y))
}

/** Draws a framed row at the cursor and moves the cursor below it; breaks it only if it is longer than a page. */
export function drawRow(canvas: Canvas, cells: readonly Cell[], style: RowStyle = {}): void {
  const wholePage = canvas.bottom - canvas.paper.marginMm.top
  const height = rowHeight(cells, style)
  if (height <= wholePage * 0.6) canvas.ensure(height)
  let rest = cells
  for (let part = 0; part === 0 || rest.some(({ atoms }) => atoms.length > 0); part++) {
    if (part > 0) canvas.newPage()
    rest = drawPart(canvas, rest, part === 0 ? style : { ...style, minMm: 0 })
  }
}

function drawPart(canvas: Canvas, cells: readonly Cell[], style: RowStyle): Cell[] {
  const padding = style.paddingMm ?? PADDING
  const room = canvas.bottom - canvas.y - 2 * padding.y
  const shown = cells.map((cell) => ({ ...cell, atoms: fitting(cell.atoms, room) }))
  const height = rowHeight(shown, style)
  const thicknessPt = style.thicknessPt ?? 0.6
  const width = cells.reduce((sum, { widthMm }) => sum + widthMm, 0)
  if (style.fill != null) canvas.box(canvas.left, canvas.y, width, height, { fill: style.fill, stroke: null })
  let x = canvas.left
  for (const [i, { widthMm, atoms }] of shown.entries()) {
    let y = canvas.y + padding.y
    for (const atom of atoms) {
      atom.draw(x + padding.x, y)
      y += atom.heightMm
    }
    if (i > 0) canvas.rule([x, canvas.y], [x, canvas.y + height], { thicknessPt })
    x += widthMm
  }
  canvas.box(canvas.left, canvas.y, width, height, { thicknessPt })
  canvas.y += height
  return cells.map((cell, i) => ({ ...cell, atoms: cell.atoms.slice(shown[i]?.atoms.length ?? 0) }))
}

/** At least one, so that an atom higher than the page cannot keep the loop going for ever. */
function fitting(atoms: readonly Atom[], roomMm: number): readonly Atom[] {
  let height = 0
  const stop = atoms.findIndex((atom) => {
    height += atom.heightMm
    return height > roomMm + 1e-6
  })
  return stop === -1 ? atoms : atoms.slice(0, Math.max(stop, 1))
}
