import { PDFDocument } from 'pdf-lib'
import sharp from 'sharp'
import { Canvas } from './drawing/canvas.ts'
import { longDate } from './drawing/indonesian.ts'
import { drawLetterhead, type LetterheadData } from './drawing/letterhead.ts'
import { papers } from './drawing/paper.ts'
import { assemblePdfA } from './drawing/pdfa.ts'
import { type Bench, createBench } from './intake/bench.ts'

/** A fictitious letter as another office would send it. */
export interface SampleLetter {
  from: LetterheadData
  /** `YYYY-MM-DD` */
  date: string
  place: string
  number: string
  subject: string
  to: string
  /** Paragraphs. */
  body: readonly string[]
  signer: { title: string; name: string; nip?: string }
  /** Varies noise and skew. */
  seed?: number
}

const WIDTH_PX = 1000
const JPEG_QUALITY = 38
const SKEW_DEGREES_MAX = 0.6
const A4_PT: [number, number] = [595.28, 841.89]

/** The letter before it is "scanned": a drawn PDF. */
export async function drawCleanLetter(letter: SampleLetter): Promise<Buffer> {
  const canvas = new Canvas(papers.a4)
  drawLetterhead(canvas, letter.from)
  drawHead(canvas, letter)
  for (const text of letter.body) {
    const height = canvas.paragraphHeight(text, canvas.width, { sizePt: 11, leading: 1.35 })
    canvas.ensure(height)
    canvas.paragraph(text, { x: canvas.left, y: canvas.y, width: canvas.width }, { sizePt: 11, leading: 1.35 })
    canvas.y += height + 3
  }
  drawSigner(canvas, letter)
  return await assemblePdfA(canvas, { title: letter.subject, author: letter.from.name, at: new Date(letter.date) })
}

function drawHead(canvas: Canvas, { date, place, number, subject, to }: SampleLetter): void {
  const style = { sizePt: 11 }
  const half = canvas.width * 0.6
  const dated = `${place}, ${longDate(date, 'Asia/Makassar')}`
  canvas.line(dated, { x: canvas.left, y: canvas.y, width: canvas.width }, { ...style, align: 'right' })
  canvas.y += 9
  for (const [label, value] of [
    ['Nomor', number],
    ['Sifat', 'Biasa'],
    ['Hal', subject],
  ] as const) {
    canvas.line(label, { x: canvas.left, y: canvas.y }, style)
    canvas.line(':', { x: canvas.left + 16, y: canvas.y }, style)
    canvas.y += canvas.paragraph(value, { x: canvas.left + 19, y: canvas.y, width: half }, style) + 0.8
  }
  canvas.y += 5
  canvas.y += canvas.paragraph(`Yth. ${to}\ndi Tempat`, { x: canvas.left, y: canvas.y, width: half }, style) + 7
}

function drawSigner(canvas: Canvas, { signer }: SampleLetter): void {
  canvas.ensure(48)
  canvas.y += 8
  const x = canvas.left + canvas.width * 0.5
  const place = { x, width: canvas.right - x }
  canvas.y += canvas.paragraph(`${signer.title},`, { ...place, y: canvas.y }, { sizePt: 11 })
  // A stroke of a pen, wide enough to be taken for a signature.
  canvas.outline(
    'M 0 8 C 6 -6 9 18 12 4 C 14 -4 17 14 21 6 C 25 -1 26 12 31 5 C 36 0 40 7 46 3',
    { x: x + 2, y: canvas.y + 4, scale: 1 },
    { thicknessPt: 1.3, stroke: 0.15 },
  )
  canvas.y += 22
  canvas.y += canvas.paragraph(signer.name, { ...place, y: canvas.y }, { sizePt: 11, font: 'bold' })
  if (signer.nip) canvas.line(`NIP ${signer.nip}`, { ...place, y: canvas.y }, { sizePt: 11 })
}

/** One page as a flat-bed scanner gives it: gray, a little askew, a little dirty. JPEG. */
export async function scanPage(pdf: Buffer, bench: Bench, seed = 1): Promise<Buffer> {
  const { pixels, width, height } = await bench.render(pdf, 1, WIDTH_PX)
  const angle = (((seed * 37) % 100) / 50 - 1) * SKEW_DEGREES_MAX
  const turned = await sharp(pixels, { raw: { width, height, channels: 4 } })
    .flatten({ background: '#fff' })
    .grayscale()
    .rotate(angle, { background: '#fff' })
    .resize(width, height, { fit: 'cover' })
    .linear(0.9, 14)
    .blur(0.4)
    .raw()
    .toBuffer()
  speckle(turned, seed)
  return await sharp(turned, { raw: { width, height, channels: 1 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer()
}

/** Dust: a few dark specks at places that follow from the seed. */
function speckle(pixels: Buffer, seed: number): void {
  let state = (seed * 2_654_435_761) >>> 0
  for (let i = 0; i < 400; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const at = state % pixels.length
    pixels[at] = Math.max(0, (pixels[at] ?? 255) - 60 - (state >>> 27))
  }
}

/**
 * A letter as it comes from the scanner: a PDF holding one picture of its first page, at most 120 KB.
 * @param bench where it is rendered; without one a helper process is started for this letter
 */
export async function drawSampleLetter(letter: SampleLetter, bench?: Bench): Promise<Buffer> {
  const used = bench ?? createBench()
  try {
    return await wrapScan(await scanPage(await drawCleanLetter(letter), used, letter.seed))
  } finally {
    if (!bench) used.close()
  }
}

async function wrapScan(scan: Buffer): Promise<Buffer> {
  const document = await PDFDocument.create({ updateMetadata: false })
  document.setTitle('Scan')
  document.setProducer('Pemindai')
  const page = document.addPage(A4_PT)
  page.drawImage(await document.embedJpg(scan), { x: 0, y: 0, width: A4_PT[0], height: A4_PT[1] })
  return Buffer.from(await document.save())
}
