import { fileTypeFromBuffer } from 'file-type'
import { type AppError, unprocessable } from '../../platform/index.ts'

/** What may come in. */
export type MediaType =
  | 'application/pdf'
  | 'image/jpeg'
  | 'image/png'
  | 'image/tiff'
  | 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MACRO_DOCX = /^application\/vnd\.ms-word\.(document|template)\.macroenabled/i
const COMPOUND_FILE = 'application/x-cfb'
/** Written into an OLE file by Office when it encrypts a document (MS-OFFCRYPTO, 2.1). */
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')

const EXTENSIONS: Record<MediaType, readonly string[]> = {
  'application/pdf': ['pdf'],
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/tiff': ['tif', 'tiff'],
  [DOCX]: ['docx'],
}
const DECLARED: Record<string, MediaType> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'image/tif': 'image/tiff',
  'application/x-pdf': 'application/pdf',
}
/** Names that promise something else than all we take in; others ("surat.scan1") are just names. */
const FOREIGN_EXTENSIONS = new Set(
  'bat bmp cmd com csv doc docm dot dotm dotx eml exe gif heic htm html js msg odt ppt pptx rar rtf sh svg txt webp xls xlsm xlsx xml zip'.split(
    ' ',
  ),
)
/** What senders declare when they do not know. */
const UNKNOWING = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'application/binary'])
/** A PDF may begin with a few foreign bytes (ISO 32000-1, annex H, note 13). */
const PDF_HEAD_BYTES = 1024

export interface Claim {
  name: string
  declaredType: string
}

/**
 * Recognises a file by its content and compares it with what its name and sender say.
 * @throws AppError file.unsupported, file.mislabelled, file.encrypted, file.active-content
 */
export async function recognise(bytes: Buffer, claim: Claim): Promise<MediaType> {
  const found = (await detect(bytes)) ?? (looksLikePdf(bytes) ? 'application/pdf' : null)
  if (found !== null && MACRO_DOCX.test(found)) throw activeContent(['macros'])
  if (found === COMPOUND_FILE && bytes.includes(ENCRYPTED_PACKAGE)) {
    throw unprocessable('file.encrypted', 'an encrypted Office document')
  }
  const labels = labelsOf(claim)
  if (!isMediaType(found)) throw [...labels].some(isMediaType) ? mislabelled(claim, found) : unsupported(found)
  if ([...labels].some((label) => label !== found)) throw mislabelled(claim, found)
  return found
}

export const activeContent = (found: string[]): AppError =>
  unprocessable('file.active-content', 'the file holds content that runs or opens something', { details: { found } })

async function detect(bytes: Buffer): Promise<string | null> {
  try {
    return (await fileTypeFromBuffer(bytes))?.mime ?? null
  } catch {
    // A file that breaks the detector is of no type we know.
    return null
  }
}

const looksLikePdf = (bytes: Buffer) => bytes.subarray(0, PDF_HEAD_BYTES).includes('%PDF-')

const isMediaType = (type: string | null): type is MediaType => type !== null && Object.hasOwn(EXTENSIONS, type)

/** The allowed types that the name and the sender claim; two different ones can never both be right. */
function labelsOf({ name, declaredType }: Claim): Set<string> {
  const labels = new Set<string>()
  const extension = extensionOf(name)
  for (const [type, known] of Object.entries(EXTENSIONS)) if (known.includes(extension)) labels.add(type)
  if (labels.size === 0 && FOREIGN_EXTENSIONS.has(extension)) labels.add(extension)
  const declared = declaredType.split(';')[0]?.trim().toLowerCase() ?? ''
  const type = DECLARED[declared] ?? declared
  if (isMediaType(type)) labels.add(type)
  // A foreign type is held against the content too ("text/html" holding a PDF), unless it only means "some bytes".
  else if (!UNKNOWING.has(type)) labels.add(type)
  return labels
}

export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

export const extensionFor = (type: MediaType): string => EXTENSIONS[type][0] ?? ''

const mislabelled = ({ name, declaredType }: Claim, found: string | null) =>
  unprocessable('file.mislabelled', 'the content is not what the name or the sender says', {
    details: { name, declaredType, found: found ?? 'unknown' },
  })

const unsupported = (found: string | null) =>
  unprocessable('file.unsupported', 'this kind of file is not taken in', {
    details: { found: found ?? 'unknown', allowed: Object.keys(EXTENSIONS) },
  })
