import { createHash } from 'node:crypto'
import { type PDFContext, PDFDocument, PDFHexString, PDFName, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib'
import type { Canvas, DrawnPage } from './canvas.ts'
import { loadFont } from './font.ts'
import { compressed, embedFont, pdfText } from './font-embed.ts'
import { srgbProfile } from './icc-profile.ts'
import { PT_PER_MM } from './text-setting.ts'

export interface PdfFacts {
  title: string
  /** The office that issues the document. */
  author: string
  at: Date
}

const PRODUCER = 'Mahakam'
const LANGUAGE = 'id-ID'
const profile = srgbProfile()

/**
 * Puts finished pages into a PDF/A-2b file: XMP metadata that agrees with Info, an sRGB output intent, subset fonts, a
 * file identifier. The same drawing with the same facts gives the same bytes.
 * Source: ISO 19005-2, 6.2 (graphics), 6.6 (metadata), 6.1.3 (trailer).
 */
export async function assemblePdfA(canvas: Canvas, facts: PdfFacts): Promise<Buffer> {
  const pages = canvas.finish()
  const document = await PDFDocument.create({ updateMetadata: false })
  const { context, catalog } = document
  const fonts = new Map([...canvas.used].map(([name, used]) => [name, embedFont(context, loadFont(name), used)]))
  for (const page of pages) addPage(document, canvas, page, fonts)
  const at = new Date(Math.floor(facts.at.getTime() / 1000) * 1000)
  catalog.set(PDFName.of('Lang'), PDFString.of(LANGUAGE))
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }))
  catalog.set(PDFName.of('OutputIntents'), context.obj([outputIntent(context)]))
  catalog.set(PDFName.of('Metadata'), metadataStream(context, xmp({ ...facts, at })))
  context.trailerInfo.Info = info(context, { ...facts, at })
  context.trailerInfo.ID = fileId(context, pages, { ...facts, at })
  const bytes = await document.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  })
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function addPage(document: PDFDocument, canvas: Canvas, drawn: DrawnPage, fonts: ReadonlyMap<string, PDFRef>): void {
  const { context } = document
  const page = document.addPage([canvas.paper.widthMm * PT_PER_MM, canvas.paper.heightMm * PT_PER_MM])
  const named = [...drawn.fonts].sort().map((name) => [name, fonts.get(name)] as const)
  page.node.set(PDFName.of('Resources'), context.obj({ Font: context.obj(Object.fromEntries(named)) }))
  page.node.set(PDFName.of('Contents'), compressed(context, Buffer.from(drawn.operators, 'latin1')))
}

function outputIntent(context: PDFContext): PDFRef {
  const stream = compressed(context, profile)
  const found = context.lookup(stream)
  if (found instanceof PDFRawStream) found.dict.set(PDFName.of('N'), context.obj(3))
  return context.register(
    context.obj({
      Type: 'OutputIntent',
      S: 'GTS_PDFA1',
      OutputConditionIdentifier: PDFString.of('sRGB'),
      Info: PDFString.of('sRGB IEC61966-2.1'),
      DestOutputProfile: stream,
    }),
  )
}

function metadataStream(context: PDFContext, packet: string): PDFRef {
  const bytes = Buffer.from(packet, 'utf8')
  // Uncompressed, so that tools that know no PDF can read it.
  return context.register(
    PDFRawStream.of(context.obj({ Type: 'Metadata', Subtype: 'XML', Length: bytes.length }), bytes),
  )
}

function info(context: PDFContext, { title, author, at }: PdfFacts): PDFRef {
  const date = PDFString.fromDate(at)
  return context.register(
    context.obj({
      Title: pdfText(title),
      Author: pdfText(author),
      Creator: pdfText(PRODUCER),
      Producer: pdfText(PRODUCER),
      CreationDate: date,
      ModDate: date,
    }),
  )
}

function fileId(context: PDFContext, pages: DrawnPage[], facts: PdfFacts) {
  const hash = createHash('sha256').update(JSON.stringify([facts.title, facts.author, facts.at]))
  for (const { operators } of pages) hash.update(operators)
  const id = PDFHexString.of(hash.digest('hex').slice(0, 32))
  return context.obj([id, id])
}

function xmp({ title, author, at }: PdfFacts): string {
  const date = at.toISOString().replace(/\.\d{3}Z$/, 'Z')
  return `<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escaped(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>${PRODUCER}</xmp:CreatorTool>
<xmp:CreateDate>${date}</xmp:CreateDate>
<xmp:ModifyDate>${date}</xmp:ModifyDate>
<pdf:Producer>${PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`
}

/** XML text; characters that XML 1.0 cannot hold are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
