import { z } from 'zod'
import {
  type Canvas,
  type DrawingFacts,
  defineLayout,
  drawLetterhead,
  drawRow,
  longDate,
  longDateTime,
  papers,
  rowHeight,
} from '../../src/documents/index.ts'
import { blankForm, letterBox, levelRows, type Scale } from './parts/disposition-parts.ts'

const name = z.string().max(300)

function isZone(zone: string): boolean {
  try {
    return longDate('1970-01-01T00:00:00Z', zone) !== ''
  } catch {
    return false
  }
}
const optional = z.string().max(200).nullish()

const line = z.object({
  to: name,
  instructions: z.array(z.string().max(300)).max(30),
  note: z.string().max(4000).nullable(),
  dueAt: z.string().max(40).nullable(),
  /** Who this sheet is for. */
  marked: z.boolean(),
})

const level = z.object({
  giver: z.object({ title: name, name, nip: optional, rank: optional }),
  at: z.string().max(40),
  lines: z.array(line).max(300),
})

/** Data of the *lembar disposisi*; times are ISO, days `YYYY-MM-DD`, shown in `zone`. */
export const dispositionSheetData = z.object({
  unit: z.object({ name, parentName: name, address: z.string().max(600) }),
  letter: z.object({
    from: z.string().max(600),
    number: z.string().max(200),
    date: z.string().max(40),
    receivedAt: z.string().max(40),
    agendaNumber: z.string().max(100),
    urgency: z.enum(['biasa', 'segera', 'sangat-segera']),
    secrecy: z.enum(['biasa', 'terbatas', 'rahasia', 'sangat-rahasia']),
    subject: z.string().max(2000),
  }),
  /** From the head down to the giver of this sheet; empty on the sheet that goes to the head. */
  chain: z.array(level).max(60),
  /** Page of the letter, behind the QR code. */
  url: z.url().max(500),
  zone: z.string().max(60).refine(isZone, 'not a time zone'),
  paper: z.enum(['a4', 'f4', 'a5', 'halfF4']).default('a4'),
})

export type DispositionSheetData = z.output<typeof dispositionSheetData>

type Level = DispositionSheetData['chain'][number]

const WIDE_MM = 180
/** Longer rows may be cut by a page break. */
const ROW_KEPT_MM = 60

/** Lembar disposisi. Source: Permendagri 1/2023, form of the disposition sheet. */
export default defineLayout({
  id: 'disposition-sheet',
  schema: dispositionSheetData,
  paper: (data) => papers[data.paper],
  author: (data) => data.unit.name,
  draw(canvas, data, facts) {
    const scale: Scale = canvas.paper.widthMm > WIDE_MM ? 1 : 0.84
    canvas.footer = (page, pages) => drawFooter(canvas, data, facts, page, pages)
    drawLetterhead(canvas, data.unit, scale)
    canvas.y += canvas.line(
      'LEMBAR DISPOSISI',
      { x: canvas.left, y: canvas.y, width: canvas.width },
      { font: 'bold', sizePt: 13 * scale, align: 'center' },
    )
    canvas.y += 2 * scale
    canvas.onNewPage = () => drawContinuation(canvas, data)
    letterBox(canvas, data, scale)
    if (data.chain.length === 0) blankForm(canvas, scale)
    for (const [i, level] of data.chain.entries()) drawLevel(canvas, data, level, i, scale)
  },
})

/** The head of a level stays with its first row, the place for the paraf with the last. */
function drawLevel(canvas: Canvas, data: DispositionSheetData, level: Level, index: number, scale: Scale): void {
  const rows = levelRows(canvas, level, index, {
    scale,
    at: longDateTime(level.at, data.zone),
    due: (dueAt) => longDate(dueAt, data.zone),
  })
  const height = (some: typeof rows) =>
    some.reduce((sum, { cells, style }) => sum + Math.min(rowHeight(cells, style), ROW_KEPT_MM), 0)
  canvas.y += 3 * scale
  canvas.ensure(height(rows.slice(0, 3)))
  rows.forEach(({ cells, style }, i) => {
    if (i === rows.length - 2) canvas.ensure(height(rows.slice(-2)))
    drawRow(canvas, cells, style)
  })
}

function drawContinuation(canvas: Canvas, data: DispositionSheetData): void {
  const style = { sizePt: 8, gray: 0.25 }
  const text = `Lembar disposisi, nomor agenda ${data.letter.agendaNumber} (lanjutan)`
  canvas.y += canvas.paragraph(text, { x: canvas.left, y: canvas.y, width: canvas.width }, style) + 1
  canvas.rule([canvas.left, canvas.y], [canvas.right, canvas.y], { thicknessPt: 0.4, stroke: 0.25 })
  canvas.y += 2
}

function drawFooter(
  canvas: Canvas,
  data: DispositionSheetData,
  facts: DrawingFacts,
  page: number,
  pages: number,
): void {
  const y = canvas.bottom + 4
  const style = { sizePt: 7.5, gray: 0.3 }
  const place = { x: canvas.left, y, width: canvas.width }
  canvas.line(`Versi ${facts.version}, dibuat ${longDateTime(facts.at.toISOString(), data.zone)}`, place, style)
  canvas.line(`Halaman ${page} dari ${pages}`, place, { ...style, align: 'right' })
  canvas.line(data.url, { ...place, y: y + 3.4 }, { ...style, sizePt: 7 })
}
