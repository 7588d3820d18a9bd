import type { Canvas } from './canvas.ts'
import { wrapText } from './text-setting.ts'

export interface LetterheadData {
  /** Line 1, the government it belongs to. */
  parentName: string
  /** Line 2, the unit, larger. */
  name: string
  address: string
}

const EMBLEM = { width: 20, height: 24 }
/** A shield with a river below a sun: a mark of our own, standing where an office puts its emblem. */
const SHIELD = 'M 1 1 L 19 1 L 19 12 C 19 18 14.5 21.5 10 23 C 5.5 21.5 1 18 1 12 Z'
const INNER = 'M 2.2 2.2 L 17.8 2.2 L 17.8 12 C 17.8 17.2 13.9 20.3 10 21.7 C 6.1 20.3 2.2 17.2 2.2 12 Z'
const WAVES = [11, 13.8, 16.6]
const RAYS = 9

/**
 * The kop of a unit's letters: emblem, two lines of names, address, double rule. Moves the canvas's cursor below it.
 * @param scale 1 on A4; smaller on half sheets
 */
export function drawLetterhead(canvas: Canvas, data: LetterheadData, scale = 1): void {
  const top = canvas.y
  const emblemMm = 17 * scale
  const textLeft = canvas.left + emblemMm * 1.2
  // The names stand in the middle of the sheet when they are short enough to clear the emblem on both sides.
  const place = { x: textLeft, width: canvas.right - textLeft }
  drawEmblem(canvas, canvas.left, top, emblemMm / EMBLEM.width)
  let y = top - 0.5 * scale
  y += canvas.paragraph(data.parentName.toUpperCase(), { ...place, y }, { sizePt: 12.5 * scale, align: 'center' })
  const name = data.name.toUpperCase()
  const sizePt = nameSize(name, place.width, scale)
  y += canvas.paragraph(name, { ...place, y }, { font: 'bold', sizePt, align: 'center', leading: 1.18 })
  y += 0.8 * scale
  y += canvas.paragraph(data.address, { ...place, y }, { sizePt: 8.5 * scale, align: 'center' })
  y = Math.max(y, top + (emblemMm * EMBLEM.height) / EMBLEM.width) + 2 * scale
  canvas.rule([canvas.left, y], [canvas.right, y], { thicknessPt: 2.2 * scale })
  canvas.rule([canvas.left, y + 1], [canvas.right, y + 1], { thicknessPt: 0.6 * scale })
  canvas.y = y + 1 + 3 * scale
}

/** The largest size at which the name takes one line, or two if it is long. */
function nameSize(name: string, widthMm: number, scale: number): number {
  const sizes = [17, 16, 15, 14, 13].map((size) => size * scale)
  const lines = (sizePt: number) => wrapText(name, widthMm, { font: 'bold', sizePt }).length
  return sizes.find((size) => lines(size) === 1) ?? sizes.find((size) => lines(size) === 2) ?? 12 * scale
}

function drawEmblem(canvas: Canvas, x: number, y: number, scale: number): void {
  const place = { x, y, scale }
  canvas.outline(SHIELD, place, { thicknessPt: 3.2 * scale })
  canvas.outline(INNER, place, { thicknessPt: 0.9 * scale })
  for (const wave of WAVES) canvas.outline(wavePath(wave), place, { thicknessPt: 2 * scale })
  for (let i = 0; i < RAYS; i++)
    canvas.outline(rayPath(Math.PI * (1 + i / (RAYS - 1))), place, { thicknessPt: 1.4 * scale })
  canvas.outline('M 7.4 8.8 C 7.4 5.4 12.6 5.4 12.6 8.8 Z', place, { fill: 0, stroke: null })
}

/** Shorter towards the point of the shield. */
function wavePath(y: number): string {
  const half = y < 13 ? 6.2 : y < 16 ? 5.4 : 3.4
  const [from, to] = [10 - half, 10 + half]
  const third = (to - from) / 2
  return `M ${from} ${y} C ${from + third * 0.4} ${y - 1.7} ${from + third * 0.6} ${y - 1.7} ${from + third} ${y} C ${to - third * 0.6} ${y + 1.7} ${to - third * 0.4} ${y + 1.7} ${to} ${y}`
}

function rayPath(angle: number): string {
  const at = (radius: number) => `${10 + Math.cos(angle) * radius} ${8.8 + Math.sin(angle) * radius}`
  return `M ${at(3.5)} L ${at(5)}`
}
