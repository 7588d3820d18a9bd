import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import sharp from 'sharp'
import { type Bench, createBench } from '../../src/documents/intake/bench.ts'
import { drawCleanLetter, drawSampleLetter, type SampleLetter, scanPage } from '../../src/documents/sample-letter.ts'

/** Files as offices send them, and as they should not: all made by code, the same on every call. */
export const letter: SampleLetter = {
  from: {
    parentName: 'Pemerintah Kabupaten Kutai Kartanegara',
    name: 'Badan Perencanaan Pembangunan Daerah',
    address: 'Jalan Wolter Monginsidi Nomor 1, Tenggarong 75511, Telepon (0541) 661000',
  },
  place: 'Tenggarong',
  date: '2026-11-20',
  number: '000.1.5/1234/BAPPEDA/XI/2026',
  subject: 'Permohonan narasumber rapat koordinasi SPBE',
  to: 'Kepala Dinas Komunikasi dan Informatika Provinsi Kalimantan Timur',
  body: [
    'Dalam rangka penyelenggaraan rapat koordinasi sistem pemerintahan berbasis elektronik tingkat kabupaten, kami mohon kesediaan Saudara menugaskan seorang narasumber.',
    'Rapat akan dilaksanakan pada hari Kamis, 3 Desember 2026, pukul 09.00 WITA sampai selesai, bertempat di Ruang Serbaguna Kantor Bupati Kutai Kartanegara.',
    'Atas perhatian dan kerja sama Saudara, kami sampaikan terima kasih.',
  ],
  signer: { title: 'Kepala Badan', name: 'Ir. Rahmat Hidayat, M.T.', nip: '196804121994031007' },
}

async function withBench<T>(use: (bench: Bench) => Promise<T>): Promise<T> {
  const bench = createBench()
  try {
    return await use(bench)
  } finally {
    bench.close()
  }
}

/** One page, a picture in a PDF, with noise and a slight skew. */
export const scannedLetterPdf = (change: Partial<SampleLetter> = {}): Promise<Buffer> =>
  drawSampleLetter({ ...letter, ...change })

/** A PDF with text, several pages long. */
export const longPdf = (paragraphs: number): Promise<Buffer> =>
  drawCleanLetter({ ...letter, body: Array.from({ length: paragraphs }, () => letter.body[1] ?? '') })

export const jpegScan = async (): Promise<Buffer> =>
  withBench(async (bench) => scanPage(await drawCleanLetter(letter), bench, 7))

export async function pngScan(): Promise<Buffer> {
  return await sharp(await jpegScan())
    .resize(600)
    .png()
    .toBuffer()
}

/** A TIFF of several gray pages, as a document feeder makes it. */
export async function tiffScan(pages: number): Promise<Buffer> {
  const page = await sharp(await jpegScan())
    .resize(500, 707, { fit: 'fill' })
    .grayscale()
    .raw()
    .toBuffer()
  const tall = Buffer.concat(Array.from({ length: pages }, () => page))
  return await sharp(tall, { raw: { width: 500, height: 707 * pages, channels: 1, pageHeight: 707 } })
    .tiff({ compression: 'lzw' })
    .toBuffer()
}

const CONTENT_TYPES = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
const RELATIONS = `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
const WORD = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Lampiran surat</w:t></w:r></w:p></w:body></w:document>`

export function docx(more: Record<string, Uint8Array | string> = {}): Buffer {
  const extra = Object.fromEntries(
    Object.entries(more).map(([name, data]) => [name, typeof data === 'string' ? strToU8(data) : data]),
  )
  return Buffer.from(
    zipSync({
      '[Content_Types].xml': strToU8(CONTENT_TYPES),
      '_rels/.rels': strToU8(RELATIONS),
      'word/document.xml': strToU8(WORD),
      ...extra,
    }),
  )
}

export const docxWithMacros = () => docx({ 'word/vbaProject.bin': 'Attribute VB_Name = "ThisDocument"' })

export const docxWithOutsideTemplate = () =>
  docx({
    'word/_rels/settings.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="https://contoh.invalid/t.dotm" TargetMode="External"/></Relationships>`,
  })

/** 30 MB of zeros in some 30 KB. */
export const docxBomb = () => docx({ 'word/media/image1.bmp': new Uint8Array(30 * 1024 * 1024) })

/** A small PDF from its objects; offsets and table are right. */
export function pdfOf(objects: readonly string[], trailer = ''): Buffer {
  let out = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n'
  const offsets = objects.map((body, i) => {
    const at = out.length
    out += `${i + 1} 0 obj\n${body}\nendobj\n`
    return at
  })
  const start = out.length
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`
  for (const at of offsets) out += `${String(at).padStart(10, '0')} 00000 n \n`
  out += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`
  return Buffer.from(out, 'latin1')
}

const PAGES = ['<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>']

export const plainPdf = () => pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...PAGES])

export const pdfWithoutPages = () =>
  pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>'])

/** Runs a script when opened; with `disguised` the name is spelled with an escape. */
export const scriptedPdf = (disguised = false) =>
  pdfOf([
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /${disguised ? 'Java#53cript' : 'JavaScript'} /JS (app.alert\\(1\\)) >> >>`,
    ...PAGES,
  ])

export const launchingPdf = () =>
  pdfOf(['<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (cmd.exe) >> >>', ...PAGES])

/** The script lies in a compressed object stream. */
export function hiddenScriptPdf(): Buffer {
  const packed = deflateSync(Buffer.from('9 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>')).toString('latin1')
  const stream = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n${packed}\nendstream`
  return pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...PAGES, stream])
}

export const brokenPdf = async () => Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R')

const PAD = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')
const padded = (password: string) => Buffer.concat([Buffer.from(password, 'latin1'), PAD]).subarray(0, 32)

function rc4(key: Buffer, data: Buffer): Buffer {
  const box = Array.from({ length: 256 }, (_, i) => i)
  const swap = (i: number, j: number) => {
    ;[box[i], box[j]] = [box[j] ?? 0, box[i] ?? 0]
  }
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + (box[i] ?? 0) + (key[i % key.length] ?? 0)) % 256
    swap(i, j)
  }
  let [a, b] = [0, 0]
  return Buffer.from(
    Array.from(data, (byte) => {
      a = (a + 1) % 256
      b = (b + (box[a] ?? 0)) % 256
      swap(a, b)
      return byte ^ (box[((box[a] ?? 0) + (box[b] ?? 0)) % 256] ?? 0)
    }),
  )
}

/**
 * A PDF protected as ISO 32000-1, 7.6.3 says (revision 2, RC4 of 40 bits). An empty `password` opens without asking
 * but still restricts what a reader may do.
 */
export function encryptedPdf(password = 'rahasia'): Buffer {
  const id = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  const permissions = Buffer.from('c0ffffff', 'hex')
  const md5 = (...parts: Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest().subarray(0, 5)
  const owner = rc4(md5(padded('pemilik')), padded(password))
  const user = rc4(md5(padded(password), owner, permissions, id), PAD)
  const hex = (data: Buffer) => `<${data.toString('hex')}>`
  const encrypt = `<< /Filter /Standard /V 1 /R 2 /O ${hex(owner)} /U ${hex(user)} /P ${permissions.readInt32LE(0)} >>`
  return pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', ...PAGES, encrypt], `/Encrypt 4 0 R /ID [${hex(id)} ${hex(id)}]`)
}

/** A PNG under the name of a PDF. */
export const mislabelledPdf = async () => ({
  bytes: await pngScan(),
  originalName: 'surat.pdf',
  declaredType: 'application/pdf',
})

/** 11,000 × 11,000 white pixels in a few KB. */
export const hugePng = () =>
  sharp({ create: { width: 11_000, height: 11_000, channels: 3, background: '#fff' }, limitInputPixels: false })
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toBuffer()
