import { deflateSync } from 'node:zlib'
import {
  PDFArray,
  type PDFContext,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from 'pdf-lib'
import type { Font } from './font.ts'
import { subsetTrueType } from './font-subset.ts'

/** A glyph of the drawing with what it says, for search and copying. */
export type UsedGlyphs = ReadonlyMap<number, { advance: number; text: string }>

const SYMBOLIC = 4
const ITALIC = 64
const STEM_V: Record<Font['name'], number> = { regular: 80, bold: 140, italic: 80 }

/**
 * Embeds the used glyphs as a composite font whose codes are glyph numbers (Identity-H).
 * Source: ISO 32000-1, 9.7; ISO 19005-2, 6.2.11.
 */
export function embedFont(context: PDFContext, font: Font, used: UsedGlyphs): PDFRef {
  const name = `${subsetTag(used)}+${font.postScriptName}`
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: SYMBOLIC | (font.italicAngle === 0 ? 0 : ITALIC),
      FontBBox: font.box.map(Math.round),
      ItalicAngle: font.italicAngle,
      Ascent: Math.round(font.ascent),
      Descent: Math.round(font.descent),
      CapHeight: Math.round(font.capHeight),
      StemV: STEM_V[font.name],
      FontFile2: compressed(context, subsetTrueType(font.file, used.keys()), true),
    }),
  )
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 1000,
      W: widths(context, used),
      CIDToGIDMap: 'Identity',
    }),
  )
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: compressed(context, Buffer.from(unicodeMap(used), 'latin1')),
    }),
  )
}

/** Six capitals that differ with the set of glyphs, as ISO 32000-1, 9.6.4 asks. */
function subsetTag(used: UsedGlyphs): string {
  let hash = 7
  for (const id of [...used.keys()].sort((a, b) => a - b)) hash = (hash * 31 + id) % 308_915_776
  return Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + (Math.floor(hash / 26 ** i) % 26))).join('')
}

function widths(context: PDFContext, used: UsedGlyphs): PDFArray {
  const out = PDFArray.withContext(context)
  for (const [id, { advance }] of sorted(used)) {
    out.push(PDFNumber.of(id))
    out.push(context.obj([Math.round(advance * 1000) / 1000]))
  }
  return out
}

const sorted = (used: UsedGlyphs) => [...used].sort(([a], [b]) => a - b)

const CMAP_BLOCK = 100

function unicodeMap(used: UsedGlyphs): string {
  const rows = sorted(used).map(
    ([id, { text }]) => `<${hex(id)}> <${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`,
  )
  const blocks: string[] = []
  for (let at = 0; at < rows.length; at += CMAP_BLOCK) {
    const block = rows.slice(at, at + CMAP_BLOCK)
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`)
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end`
}

const hex = (id: number) => id.toString(16).padStart(4, '0')

/** Registers bytes as a compressed stream; font files also say their true length. */
export function compressed(context: PDFContext, bytes: Buffer, isFontFile = false): PDFRef {
  const packed = deflateSync(bytes)
  const dict = context.obj({ Filter: 'FlateDecode', Length: packed.length })
  if (isFontFile) dict.set(PDFName.of('Length1'), PDFNumber.of(bytes.length))
  return context.register(PDFRawStream.of(dict, packed))
}

/** Text for Info and the catalog, any script. */
export const pdfText = (text: string) => PDFHexString.fromText(text)
