import {
  type Atom,
  blankAtom,
  type Canvas,
  type Cell,
  drawRow,
  gapAtom,
  longDate,
  type RowStyle,
  textAtoms,
  tickAtoms,
} from '../../../src/documents/index.ts'
import type { DispositionSheetData } from '../disposition-sheet.ts'

/** Type sizes and spaces relative to A4. */
export type Scale = number

type Level = DispositionSheetData['chain'][number]
type Line = Level['lines'][number]

const URGENCIES = { 'sangat-segera': 'Sangat Segera', segera: 'Segera', biasa: 'Biasa' }
const SECRECIES = { biasa: 'Biasa', terbatas: 'Terbatas', rahasia: 'Rahasia', 'sangat-rahasia': 'Sangat Rahasia' }
const USUAL_INSTRUCTIONS = ['Tanggapan dan saran', 'Proses lebih lanjut', 'Koordinasi/konfirmasi']
const FRAME: RowStyle = { thicknessPt: 0.7 }
const PADDING_X = 2

/** What the register says of the letter, and the QR code to its page. */
export function letterBox(canvas: Canvas, data: DispositionSheetData, scale: Scale): void {
  const { letter, zone } = data
  const [middle, right] = [40 * scale, 28 * scale]
  const left = canvas.width - middle - right
  const inner = left - 2 * PADDING_X
  const field = (label: string, value: string) => fieldAtoms(canvas, { label, value, width: inner, bold: false, scale })
  const registered = [
    ...stackedAtoms(canvas, 'Diterima tanggal', longDate(letter.receivedAt, zone), middle - 4, 10 * scale),
    gapAtom(1.5 * scale),
    ...stackedAtoms(canvas, 'Nomor agenda', letter.agendaNumber, middle - 4, 14 * scale),
  ]
  drawRow(
    canvas,
    [
      {
        widthMm: left,
        atoms: joined([
          field('Surat dari', letter.from),
          field('Nomor surat', letter.number),
          field('Tanggal surat', longDate(letter.date, zone)),
        ]),
      },
      { widthMm: middle, atoms: registered },
      { widthMm: right, atoms: [qrAtom(canvas, data.url, right - 2 * PADDING_X, scale)] },
    ],
    FRAME,
  )
  const width = canvas.width - 2 * PADDING_X
  const subject = fieldAtoms(canvas, { label: 'Hal', value: letter.subject, width, bold: true, scale })
  drawRow(canvas, [{ widthMm: canvas.width, atoms: subject }], FRAME)
  const choices = [
    choice(canvas, 'Derajat', URGENCIES, letter.urgency, scale),
    choice(canvas, 'Sifat', SECRECIES, letter.secrecy, scale),
  ]
  drawRow(canvas, [{ widthMm: canvas.width, atoms: joined(choices) }], FRAME)
}

/** Groups of atoms with a little space between them. */
const joined = (groups: Atom[][]): Atom[] => groups.flatMap((group, i) => (i === 0 ? group : [gapAtom(1), ...group]))

/** A small label with its value below. */
function stackedAtoms(canvas: Canvas, label: string, value: string, width: number, sizePt: number): Atom[] {
  const font = sizePt > 11 ? 'bold' : 'regular'
  return [
    ...textAtoms(canvas, label, width, { sizePt: 8, gray: 0.25 }),
    ...textAtoms(canvas, value, width, { sizePt, font }),
  ]
}

/** The code with its quiet zone left free, and a word on what it is for. */
function qrAtom(canvas: Canvas, url: string, widthMm: number, scale: Scale): Atom {
  const side = 18.5 * scale
  return {
    heightMm: side + 6.4 * scale,
    draw: (x, y) => {
      canvas.qr(url, x + (widthMm - side) / 2, y + 1.5 * scale, side)
      const place = { x, y: y + side + 3.4 * scale, width: widthMm }
      canvas.line('Pindai: buka surat', place, { sizePt: 7 * scale, gray: 0.25, align: 'center' })
    },
  }
}

interface Field {
  label: string
  value: string
  width: number
  bold: boolean
  scale: Scale
}

/** "Label : value", the value wrapping behind the colon. */
function fieldAtoms(canvas: Canvas, { label, value, width, bold, scale }: Field): Atom[] {
  const sizePt = 10 * scale
  const indent = labelIndent(scale)
  const atoms = textAtoms(canvas, value, width - indent, { sizePt, font: bold ? 'bold' : 'regular' })
  return atoms.map((atom, i) => ({
    heightMm: atom.heightMm,
    draw: (x: number, y: number) => {
      if (i === 0) drawLabel(canvas, label, { x, y }, scale)
      atom.draw(x + indent, y)
    },
  }))
}

const labelIndent = (scale: Scale) => 29 * scale

function drawLabel(canvas: Canvas, label: string, { x, y }: { x: number; y: number }, scale: Scale): void {
  const style = { sizePt: 10 * scale }
  canvas.line(label, { x, y }, style)
  canvas.line(':', { x: x + labelIndent(scale) - 2.4, y }, style)
}

/** All possible values side by side, the valid one ticked. */
function choice(canvas: Canvas, label: string, values: Record<string, string>, chosen: string, scale: Scale): Atom[] {
  const style = { sizePt: 9.5 * scale }
  const draw = (x: number, y: number) => {
    drawLabel(canvas, label, { x, y }, scale)
    let at = x + labelIndent(scale)
    for (const [value, title] of Object.entries(values)) {
      const width = canvas.measure(title, style) + 11 * scale
      for (const atom of tickAtoms(canvas, title, value === chosen, width, style)) atom.draw(at, y)
      at += width
    }
  }
  return [{ heightMm: 4.4 * scale, draw }]
}

/** The part that the head fills in by hand. */
export function blankForm(canvas: Canvas, scale: Scale): void {
  const half = canvas.width / 2
  const inner = half - 2 * PADDING_X
  const heading = (text: string) => [...textAtoms(canvas, text, inner, { sizePt: 10 * scale }), gapAtom(1)]
  const numbers = ['1.', '2.', '3.', '4.', '5.', '6.']
  const instructions = USUAL_INSTRUCTIONS.flatMap((text) => [
    ...tickAtoms(canvas, text, false, inner, { sizePt: 10 * scale }),
    gapAtom(2 * scale),
  ])
  const own = [1, 2].map(() => ({
    heightMm: 7.5 * scale,
    draw: (x: number, y: number) => {
      for (const tick of tickAtoms(canvas, ' ', false, inner, { sizePt: 10 * scale })) tick.draw(x, y)
      blankAtom(canvas, inner - 5, 5 * scale).draw(x + 5, y)
    },
  }))
  canvas.y += 3 * scale
  drawRow(
    canvas,
    [
      {
        widthMm: half,
        atoms: [...heading('Diteruskan kepada Sdr.:'), ...numbers.map((n) => blankAtom(canvas, inner, 7.6 * scale, n))],
      },
      { widthMm: half, atoms: [...heading('Dengan hormat harap:'), gapAtom(1), ...instructions, ...own] },
    ],
    FRAME,
  )
  const lines = Array.from({ length: 5 }, () => blankAtom(canvas, canvas.width - 2 * PADDING_X, 7.6 * scale))
  drawRow(canvas, [{ widthMm: canvas.width, atoms: [...heading('Catatan:'), ...lines] }], FRAME)
  drawRow(canvas, [...blankSignature(canvas, scale)], FRAME)
}

function blankSignature(canvas: Canvas, scale: Scale): Cell[] {
  const half = canvas.width / 2
  const inner = half - 2 * PADDING_X
  const blank = (label: string) => blankAtom(canvas, inner, 7.4 * scale, label)
  return [
    { widthMm: half, atoms: [blank('Jabatan'), blank('Nama'), blank('Pangkat/NIP')] },
    {
      widthMm: half,
      atoms: [...textAtoms(canvas, 'Paraf dan tanggal:', inner, { sizePt: 10 * scale }), gapAtom(18 * scale)],
    },
  ]
}

export interface LevelRow {
  cells: Cell[]
  style: RowStyle
}

interface LevelText {
  scale: Scale
  /** Time of the disposition, spelled. */
  at: string
  due(dueAt: string): string
}

/** One disposition: who gave it, to whom with what, and the place for the paraf. */
export function levelRows(canvas: Canvas, level: Level, index: number, text: LevelText): LevelRow[] {
  const { scale } = text
  const widths = [0.36, 0.44, 0.2].map((part) => part * canvas.width)
  const small = { sizePt: 8 * scale, gray: 0.25 }
  const titles = ['Diteruskan kepada', 'Dengan hormat harap', 'Batas waktu']
  return [
    levelHead(canvas, level, index, text),
    {
      cells: widths.map((widthMm, i) => ({ widthMm, atoms: textAtoms(canvas, titles[i] ?? '', widthMm - 4, small) })),
      style: { ...FRAME, paddingMm: { x: PADDING_X, y: 0.8 } },
    },
    ...level.lines.map((line) => ({ cells: lineCells(canvas, line, widths, text), style: FRAME })),
    levelFoot(canvas, level, scale),
  ]
}

function levelHead(canvas: Canvas, level: Level, index: number, { scale, at }: LevelText): LevelRow {
  const dateWidth = 62 * scale
  const widthMm = canvas.width
  const title = textAtoms(canvas, `${index + 1}.  ${level.giver.title}`, widthMm - dateWidth - 6, {
    font: 'bold',
    sizePt: 10 * scale,
  })
  const date = textAtoms(canvas, at, dateWidth, { sizePt: 8.5 * scale, align: 'right' })
  const atoms = title.map((atom, i) => ({
    heightMm: atom.heightMm,
    draw: (x: number, y: number) => {
      atom.draw(x, y)
      if (i === 0) date[0]?.draw(x + widthMm - dateWidth - 2 * PADDING_X, y + 0.3)
    },
  }))
  return { cells: [{ widthMm, atoms }], style: { ...FRAME, fill: 0.92 } }
}

function lineCells(canvas: Canvas, line: Line, widths: number[], { scale, due }: LevelText): Cell[] {
  const [toWidth = 0, whatWidth = 0, dueWidth = 0] = widths
  const sizePt = 9.5 * scale
  return [
    { widthMm: toWidth, atoms: receiver(canvas, line, toWidth - 2 * PADDING_X, scale) },
    {
      widthMm: whatWidth,
      atoms: [
        ...line.instructions.flatMap((what) => tickAtoms(canvas, what, true, whatWidth - 4, { sizePt })),
        ...noteAtoms(canvas, line, whatWidth - 4, scale),
      ],
    },
    { widthMm: dueWidth, atoms: line.dueAt ? textAtoms(canvas, due(line.dueAt), dueWidth - 4, { sizePt }) : [] },
  ]
}

/** Whoever holds this sheet finds themselves by the arrow and the bold type. */
function receiver(canvas: Canvas, { to, marked }: Line, width: number, scale: Scale): Atom[] {
  const indent = 4 * scale
  const style = { sizePt: 9.5 * scale, font: marked ? ('bold' as const) : ('regular' as const) }
  const arrow = 'M 0 0 L 1 0.5 L 0 1 Z'
  const atoms = textAtoms(canvas, to, width - indent, style).map((atom, i) => ({
    heightMm: atom.heightMm,
    draw: (x: number, y: number) => {
      const side = 2.4 * scale
      const place = { x, y: y + (atom.heightMm - side) / 2, scale: side }
      if (marked && i === 0) canvas.outline(arrow, place, { fill: 0, stroke: null })
      atom.draw(x + indent, y)
    },
  }))
  if (!marked) return atoms
  const hint = textAtoms(canvas, 'penerima lembar ini', width - indent, { sizePt: 7.5 * scale, gray: 0.3 })
  return [
    ...atoms,
    ...hint.map(({ heightMm, draw }) => ({ heightMm, draw: (x: number, y: number) => draw(x + indent, y) })),
  ]
}

function noteAtoms(canvas: Canvas, { note, instructions }: Line, width: number, scale: Scale): Atom[] {
  if (!note) return []
  const gap = instructions.length > 0 ? [gapAtom(0.8 * scale)] : []
  return [...gap, ...textAtoms(canvas, `Catatan: ${note}`, width, { sizePt: 9.5 * scale, font: 'italic' })]
}

function levelFoot(canvas: Canvas, { giver }: Level, scale: Scale): LevelRow {
  const parafWidth = 45 * scale
  const widthMm = canvas.width - parafWidth
  const below = [giver.rank, giver.nip ? `NIP ${giver.nip}` : null].filter(Boolean).join(', ')
  return {
    cells: [
      {
        widthMm,
        atoms: [
          ...textAtoms(canvas, giver.name, widthMm - 4, { sizePt: 9.5 * scale, font: 'bold' }),
          ...(below === '' ? [] : textAtoms(canvas, below, widthMm - 4, { sizePt: 8.5 * scale })),
        ],
      },
      { widthMm: parafWidth, atoms: textAtoms(canvas, 'Paraf', parafWidth - 4, { sizePt: 8 * scale, gray: 0.25 }) },
    ],
    style: { ...FRAME, minMm: 13 * scale },
  }
}
