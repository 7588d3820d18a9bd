import type { DocxFindings } from './docx.ts'
import type { PdfFindings } from './pdf-content.ts'

/** What the helper process is asked to do; bytes travel along. */
export type BenchTask =
  | { kind: 'inspect-pdf'; bytes: Uint8Array; pagesMax: number }
  | { kind: 'inspect-docx'; bytes: Uint8Array }
  | { kind: 'render'; bytes: Uint8Array; page: number; width: number }

/** Pages of a PDF that opened, or why it did not. */
export type PdfInspection = PdfFindings & {
  pages: number
  /** What PDFium said when it could not open the file or a page of it. */
  failure: 'password' | 'broken' | null
}

export interface Bitmap {
  /** RGBA. */
  pixels: Uint8Array
  width: number
  height: number
}

export type BenchResult = PdfInspection | DocxFindings | Bitmap
