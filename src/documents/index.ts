/**
 * Files in, PDFs out: what is handed in is recognised by its content and kept byte for byte, what the office writes is
 * drawn as PDF/A. This room changes when other kinds of files come in or other kinds of documents go out; it knows
 * nothing of letters or dispositions.
 */

export { createDocuments, type Documents, type DocumentsOptions } from './documents.ts'
export { Canvas, type Place, type ShapeStyle } from './drawing/canvas.ts'
export { type Drawing, drawDocument } from './drawing/draw-document.ts'
export { longDate, longDateTime } from './drawing/indonesian.ts'
export { type DrawingFacts, defineLayout, type Layout } from './drawing/layout.ts'
export { drawLetterhead, type LetterheadData } from './drawing/letterhead.ts'
export { type Paper, type PaperName, papers } from './drawing/paper.ts'
export {
  type Atom,
  atomsHeight,
  blankAtom,
  type Cell,
  drawRow,
  gapAtom,
  type RowStyle,
  rowHeight,
  textAtoms,
  tickAtoms,
} from './drawing/rows.ts'
export type { TextStyle } from './drawing/text-setting.ts'
export type { MediaType } from './intake/kind.ts'
export {
  type RenderDocumentInput,
  type RenderDocumentOutput,
  renderDocumentInput,
  renderDocumentOutput,
} from './render-document.ts'
export { drawSampleLetter, type SampleLetter } from './sample-letter.ts'
export type { ByteRange } from './store/blobs.ts'
export type { FileFacts, Files, Upload } from './store/files.ts'
export type { FileRecord, Uploader } from './store/models.ts'
export { PREVIEW_WIDTHS, type Preview } from './store/previews.ts'
export type { DocumentVersion } from './store/versions.ts'
