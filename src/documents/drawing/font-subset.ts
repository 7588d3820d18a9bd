/**
 * Cuts a TrueType font down to the glyphs that a document uses. Glyph numbers stay as they are (unused ones become
 * empty and compress to nothing), so text can be written before the subset is known.
 * Source: OpenType 1.9, tables `glyf`, `loca`, `hmtx`, `maxp`.
 */
const KEPT_WHOLE = ['cvt ', 'fpgm', 'hhea', 'maxp', 'prep']
const COMPOSITE = { wordArguments: 0x1, scale: 0x8, more: 0x20, twoScales: 0x40, matrix: 0x80 }

/** @returns a TrueType file with the wanted glyphs, those they are composed of, and glyph 0 */
export function subsetTrueType(file: Buffer, wanted: Iterable<number>): Buffer {
  const tables = readTables(file)
  const table = (tag: string): Buffer => {
    const found = tables.get(tag)
    if (!found) throw new Error(`font without table ${tag}`)
    return found
  }
  const outlines = glyphReader(table('glyf'), table('loca'), table('head').readInt16BE(50) === 1)
  const glyphCount = table('maxp').readUInt16BE(4)
  const kept = withComponents(new Set([0, ...wanted]), outlines)
  const { glyf, loca } = writeOutlines(kept, outlines, glyphCount)
  const head = Buffer.from(table('head'))
  head.writeInt16BE(1, 50)
  const out = new Map<string, Buffer>([
    ['glyf', glyf],
    ['head', head],
    ['hmtx', keepMetrics(table('hmtx'), table('hhea').readUInt16BE(34), kept)],
    ['loca', loca],
  ])
  for (const tag of KEPT_WHOLE) {
    const found = tables.get(tag)
    if (found) out.set(tag, found)
  }
  return writeFont(out)
}

function readTables(file: Buffer): Map<string, Buffer> {
  const tables = new Map<string, Buffer>()
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const at = 12 + i * 16
    const offset = file.readUInt32BE(at + 8)
    tables.set(file.toString('latin1', at, at + 4), file.subarray(offset, offset + file.readUInt32BE(at + 12)))
  }
  return tables
}

type GlyphReader = (id: number) => Buffer

function glyphReader(glyf: Buffer, loca: Buffer, long: boolean): GlyphReader {
  const offset = (id: number) => (long ? loca.readUInt32BE(id * 4) : loca.readUInt16BE(id * 2) * 2)
  return (id) => glyf.subarray(offset(id), offset(id + 1))
}

function withComponents(ids: Set<number>, read: GlyphReader): Set<number> {
  // A Set visits what is added to it while it is walked, so components of components are found too.
  for (const id of ids) for (const component of componentsOf(read(id))) ids.add(component)
  return ids
}

function componentsOf(outline: Buffer): number[] {
  if (outline.length === 0 || outline.readInt16BE(0) >= 0) return []
  const ids: number[] = []
  let at = 10
  let flags: number
  do {
    flags = outline.readUInt16BE(at)
    ids.push(outline.readUInt16BE(at + 2))
    at += 4 + (flags & COMPOSITE.wordArguments ? 4 : 2)
    if (flags & COMPOSITE.scale) at += 2
    else if (flags & COMPOSITE.twoScales) at += 4
    else if (flags & COMPOSITE.matrix) at += 8
  } while (flags & COMPOSITE.more)
  return ids
}

function writeOutlines(kept: Set<number>, read: GlyphReader, glyphCount: number): { glyf: Buffer; loca: Buffer } {
  const parts: Buffer[] = []
  const loca = Buffer.alloc((glyphCount + 1) * 4)
  let length = 0
  for (let id = 0; id < glyphCount; id++) {
    loca.writeUInt32BE(length, id * 4)
    if (!kept.has(id)) continue
    const outline = padded(read(id))
    parts.push(outline)
    length += outline.length
  }
  loca.writeUInt32BE(length, glyphCount * 4)
  return { glyf: Buffer.concat(parts), loca }
}

function keepMetrics(hmtx: Buffer, fullMetrics: number, kept: Set<number>): Buffer {
  const out = Buffer.alloc(hmtx.length)
  for (const id of kept) {
    const at = id < fullMetrics ? id * 4 : fullMetrics * 4 + (id - fullMetrics) * 2
    hmtx.copy(out, at, at, at + (id < fullMetrics ? 4 : 2))
    // Glyphs behind the last full entry share its advance.
    if (id >= fullMetrics) hmtx.copy(out, (fullMetrics - 1) * 4, (fullMetrics - 1) * 4, (fullMetrics - 1) * 4 + 2)
  }
  return out
}

function writeFont(tables: Map<string, Buffer>): Buffer {
  const tags = [...tables.keys()].sort()
  const power = 2 ** Math.floor(Math.log2(tags.length))
  const header = Buffer.alloc(12 + tags.length * 16)
  header.writeUInt32BE(0x00010000, 0)
  header.writeUInt16BE(tags.length, 4)
  header.writeUInt16BE(power * 16, 6)
  header.writeUInt16BE(Math.log2(power), 8)
  header.writeUInt16BE((tags.length - power) * 16, 10)
  const parts: Buffer[] = [header]
  let offset = header.length
  tags.forEach((tag, index) => {
    const data = tables.get(tag) ?? Buffer.alloc(0)
    const at = 12 + index * 16
    header.write(tag, at, 'latin1')
    header.writeUInt32BE(checksum(data), at + 4)
    header.writeUInt32BE(offset, at + 8)
    header.writeUInt32BE(data.length, at + 12)
    const block = padded(data)
    parts.push(block)
    offset += block.length
  })
  return Buffer.concat(parts)
}

function padded(data: Buffer): Buffer {
  const missing = (4 - (data.length % 4)) % 4
  return missing === 0 ? data : Buffer.concat([data, Buffer.alloc(missing)])
}

function checksum(data: Buffer): number {
  const block = padded(data)
  let sum = 0
  for (let at = 0; at < block.length; at += 4) sum = (sum + block.readUInt32BE(at)) >>> 0
  return sum
}
