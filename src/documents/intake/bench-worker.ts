import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import type { BenchResult, BenchTask, Bitmap, PdfInspection } from './bench-task.ts'
import { inspectDocx } from './docx.ts'
import { scanPdf } from './pdf-content.ts'

/**
 * The helper process in which foreign files are opened. PDFium runs here as WebAssembly: what breaks it breaks this
 * process and nothing else. One task at a time; the server kills it when it takes too long.
 */
const library = PDFiumLibrary.init()
const SIDE_POINTS_MAX = 20_000

async function run(task: BenchTask): Promise<BenchResult> {
  const bytes = Buffer.from(task.bytes.buffer, task.bytes.byteOffset, task.bytes.byteLength)
  if (task.kind === 'inspect-pdf') return await inspectPdf(bytes, task.pagesMax)
  if (task.kind === 'inspect-docx') return inspectDocx(bytes)
  return await withDocument(bytes, (document) => renderPage(document, task.page, task.width))
}

async function withDocument<T>(bytes: Buffer, use: (document: PDFiumDocument) => T | Promise<T>): Promise<T> {
  const document = await (await library).loadDocument(bytes)
  try {
    return await use(document)
  } finally {
    document.destroy()
  }
}

async function inspectPdf(bytes: Buffer, pagesMax: number): Promise<PdfInspection> {
  const findings = scanPdf(bytes)
  try {
    return { ...findings, pages: await withDocument(bytes, (document) => openPages(document, pagesMax)), failure: null }
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error
    const isPassword = /password/i.test(error instanceof Error ? error.message : '')
    return { ...findings, pages: 0, failure: isPassword ? 'password' : 'broken' }
  }
}

/** A page that cannot be opened makes the whole file broken. @returns their number */
function openPages(document: PDFiumDocument, pagesMax: number): number {
  const pages = document.getPageCount()
  for (let i = 0; i < Math.min(pages, pagesMax); i++) {
    const { originalWidth, originalHeight } = document.getPage(i).getOriginalSize()
    const sane = [originalWidth, originalHeight].every((side) => side >= 1 && side <= SIDE_POINTS_MAX)
    if (!sane) throw new Error(`page ${i + 1} has no usable size`)
  }
  return pages
}

async function renderPage(document: PDFiumDocument, pageNumber: number, width: number): Promise<Bitmap> {
  const page = document.getPage(pageNumber - 1)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  // Very long strips are drawn narrower, so that the bitmap stays below 3 widths squared.
  const scale = Math.min(width / originalWidth, (width * 3) / originalHeight)
  const { data, width: w, height: h } = await page.render({ scale, render: 'bitmap', renderFormFields: true })
  return { pixels: new Uint8Array(data), width: w, height: h }
}

process.on('message', ({ task }: { task: BenchTask }) => {
  run(task).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  )
})
// The server went away.
process.on('disconnect', () => process.exit(0))
