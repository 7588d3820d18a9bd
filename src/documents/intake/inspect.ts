import { createHash } from 'node:crypto'
import { tooLarge, unprocessable } from '../../platform/index.ts'
import type { Bench } from './bench.ts'
import { cleanName, completeName } from './file-name.ts'
import { inspectImage, tooManyPages } from './image.ts'
import { activeContent, DOCX, type MediaType, recognise } from './kind.ts'

export interface IntakeLimits {
  bytesMax: number
  pagesMax: number
}

export interface Inspected {
  name: string
  mediaType: MediaType
  /** Null where pages are not counted (DOCX). */
  pages: number | null
  bytes: number
  sha256: string
}

/**
 * Opens a file for real and says what it is; nothing is stored here.
 * @throws AppError file.empty, file.too-large, file.unsupported, file.mislabelled, file.encrypted, file.broken,
 * file.active-content, file.archive-bomb, file.too-many-pages, file.too-big-image, file.too-complex, file.busy
 */
export async function inspect(
  bytes: Buffer,
  claim: { originalName: string; declaredType: string },
  { bench, limits }: { bench: Bench; limits: IntakeLimits },
): Promise<Inspected> {
  checkSize(bytes.length, limits)
  const name = cleanName(claim.originalName)
  const mediaType = await recognise(bytes, { name, declaredType: claim.declaredType })
  const pages = await countPages(bytes, mediaType, bench, limits)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { name: completeName(name, mediaType), mediaType, pages, bytes: bytes.length, sha256 }
}

/** @throws AppError file.empty, file.too-large */
export function checkSize(bytes: number, { bytesMax }: IntakeLimits): void {
  if (bytes === 0) throw unprocessable('file.empty', 'the file has no content')
  if (bytes > bytesMax) throw tooLarge('file.too-large', 'the file is too large', { details: { bytes, bytesMax } })
}

async function countPages(bytes: Buffer, type: MediaType, bench: Bench, { pagesMax }: IntakeLimits) {
  if (type === 'application/pdf') return await inspectPdf(bytes, bench, pagesMax)
  if (type !== DOCX) return await inspectImage(bytes, pagesMax)
  const findings = await bench.inspectDocx(bytes)
  if (findings.ok) return null
  if (findings.problem === 'active-content') throw activeContent(findings.found)
  throw unprocessable(docxCodes[findings.problem], `DOCX refused: ${findings.problem}`, {
    details: { found: findings.found },
  })
}

const docxCodes = { broken: 'file.broken', 'archive-bomb': 'file.archive-bomb', encrypted: 'file.encrypted' } as const

/** Files that open without a password but restrict what readers may do count as encrypted: the archive cannot keep them. */
async function inspectPdf(bytes: Buffer, bench: Bench, pagesMax: number): Promise<number> {
  const { active, encrypted, opaque, pages, failure } = await bench.inspectPdf(bytes, pagesMax)
  if (failure === 'password' || encrypted) {
    const details = { passwordNeeded: failure === 'password' }
    throw unprocessable('file.encrypted', 'the PDF is encrypted', { details })
  }
  if (failure === 'broken') throw unprocessable('file.broken', 'the PDF cannot be opened')
  if (pages === 0) throw unprocessable('file.empty', 'the PDF has no pages')
  if (active.length > 0) throw activeContent(active)
  if (opaque) throw activeContent(['unreadable object stream'])
  if (pages > pagesMax) throw tooManyPages(pages, pagesMax)
  return pages
}
