import { inflateRawSync } from 'node:zlib'

/** What a look into a DOCX found; `problem` is the tail of an error code. */
export type DocxFindings =
  | { ok: true }
  | { ok: false; problem: 'broken' | 'archive-bomb' | 'active-content' | 'encrypted'; found: string[] }

export interface DocxLimits {
  entriesMax: number
  unpackedBytesMax: number
  /** Unpacked to packed, looked at for files that unpack to more than 10 MB. */
  ratioMax: number
}

export const docxLimits: DocxLimits = { entriesMax: 3000, unpackedBytesMax: 150 * 1024 * 1024, ratioMax: 150 }
/** Word keeps the numbers behind a chart as a workbook without macros; everything else embedded is refused. */
const CHART_DATA = /\.xlsx$/i
const RATIO_MATTERS_BYTES = 10 * 1024 * 1024

interface Entry {
  name: string
  method: number
  flags: number
  packedBytes: number
  localOffset: number
}

/** Unpacks every entry within the limits, whatever sizes the archive declares, and looks for what runs or loads. */
export function inspectDocx(bytes: Buffer, limits: DocxLimits = docxLimits): DocxFindings {
  const entries = readDirectory(bytes, limits.entriesMax)
  if (entries === null) return refused('broken', 'directory')
  if (entries === 'too-many') return refused('archive-bomb', 'entries')
  const active = new Set<string>()
  let total = 0
  for (const entry of entries) {
    if (entry.flags & 1) return refused('encrypted', entry.name)
    if (/\/embeddings\//i.test(entry.name) && !CHART_DATA.test(entry.name)) active.add('embedded file')
    if (/vbaProject|vbaData|\/activeX\//i.test(entry.name)) active.add('macros')
    const content = unpack(bytes, entry, limits.unpackedBytesMax - total)
    if (content === 'too-big') return refused('archive-bomb', 'size')
    if (content === null) return refused('broken', entry.name)
    total += content.length
    for (const what of lookInto(entry.name, content)) active.add(what)
  }
  if (total > RATIO_MATTERS_BYTES && total / bytes.length > limits.ratioMax) return refused('archive-bomb', 'ratio')
  if (!entries.some(({ name }) => name === 'word/document.xml')) return refused('broken', 'word/document.xml')
  return active.size > 0 ? { ok: false, problem: 'active-content', found: [...active] } : { ok: true }
}

const refused = (problem: 'broken' | 'archive-bomb' | 'encrypted', what: string): DocxFindings => ({
  ok: false,
  problem,
  found: [what],
})

/** Source: APPNOTE 6.3.10, 4.3.12 and 4.3.16. Zip64 is not needed for anything that passes the size limits. */
function readDirectory(bytes: Buffer, entriesMax: number): Entry[] | 'too-many' | null {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  if (end < 0 || end + 22 > bytes.length) return null
  const count = bytes.readUInt16LE(end + 10)
  if (count > entriesMax) return 'too-many'
  const entries: Entry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return null
    const nameBytes = bytes.readUInt16LE(at + 28)
    entries.push({
      flags: bytes.readUInt16LE(at + 8),
      method: bytes.readUInt16LE(at + 10),
      packedBytes: bytes.readUInt32LE(at + 20),
      localOffset: bytes.readUInt32LE(at + 42),
      name: bytes.toString('utf8', at + 46, at + 46 + nameBytes),
    })
    at += 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

function unpack(bytes: Buffer, entry: Entry, bytesMax: number): Buffer | 'too-big' | null {
  const head = entry.localOffset
  if (head + 30 > bytes.length || bytes.readUInt32LE(head) !== 0x04034b50) return null
  const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
  const data = bytes.subarray(start, start + entry.packedBytes)
  if (data.length !== entry.packedBytes) return null
  if (entry.method === 0) return data.length > bytesMax ? 'too-big' : data
  if (entry.method !== 8) return null
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, bytesMax) })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-big' : null
  }
}

/** Relations to outside templates, frames and objects are loaded when the document is opened; links to pages are not. */
function lookInto(name: string, content: Buffer): string[] {
  const found: string[] = []
  if (name === '[Content_Types].xml' && /macroEnabled|vbaProject/i.test(content.toString('utf8'))) found.push('macros')
  if (!name.endsWith('.rels')) return found
  for (const [relation] of content.toString('utf8').matchAll(/<Relationship\b[^>]*>/g)) {
    const external = /TargetMode\s*=\s*["']External["']/i.test(relation)
    if (external && /\/(attachedTemplate|frame|oleObject|subDocument)["']/i.test(relation))
      found.push('external template')
    if (/\/(vbaProject|oleObject|control)["']/i.test(relation) && !external) found.push('embedded object')
  }
  return found
}
