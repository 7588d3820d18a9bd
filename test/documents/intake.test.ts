import { expect } from 'chai'
import { type Bench, benchLimits, createBench } from '../../src/documents/intake/bench.ts'
import { cleanName } from '../../src/documents/intake/file-name.ts'
import { inspect } from '../../src/documents/intake/inspect.ts'
import { AppError } from '../../src/platform/errors.ts'
import * as samples from './samples.ts'

const limits = { bytesMax: 8 * 1024 * 1024, pagesMax: 5 }

describe('file intake', function () {
  this.timeout(30_000)
  let bench: Bench

  before(() => {
    bench = createBench()
  })
  after(() => bench.close())

  const look = (bytes: Buffer, originalName: string, declaredType = '') =>
    inspect(bytes, { originalName, declaredType }, { bench, limits })

  async function code(bytes: Buffer, name: string, type = ''): Promise<string> {
    try {
      await look(bytes, name, type)
      return 'accepted'
    } catch (error) {
      if (error instanceof AppError) return error.code
      throw error
    }
  }

  it('takes in a scanned letter as PDF, small enough for a bad line', async () => {
    const pdf = await samples.scannedLetterPdf()
    expect(pdf.length).to.be.lessThan(120 * 1024)
    const found = await look(pdf, 'Surat masuk.pdf', 'application/pdf')
    expect(found).to.include({ name: 'Surat masuk.pdf', mediaType: 'application/pdf', pages: 1, bytes: pdf.length })
    expect(found.sha256).to.match(/^[0-9a-f]{64}$/)
  })

  it('takes in JPEG, PNG, TIFF of several pages and DOCX', async () => {
    expect(await look(await samples.jpegScan(), 'a.JPG')).to.include({ mediaType: 'image/jpeg', pages: 1 })
    expect(await look(await samples.pngScan(), 'a.png')).to.include({ mediaType: 'image/png', pages: 1 })
    expect(await look(await samples.tiffScan(3), 'a.tif')).to.include({ mediaType: 'image/tiff', pages: 3 })
    expect((await look(samples.docx(), 'lampiran.docx')).pages).to.equal(null)
    expect(await code(samples.docx({ 'word/embeddings/Lembar1.xlsx': 'x' }), 'grafik.docx')).to.equal('accepted')
  })

  it('goes by the content where name and sender say nothing, and completes the name', async () => {
    const found = await look(samples.plainPdf(), 'pindaian', 'application/octet-stream')
    expect(found.name).to.equal('pindaian.pdf')
  })

  it('says what is wrong with each file that it refuses', async () => {
    const cases: [string, string, Buffer][] = [
      ['file.empty', 'a.pdf', Buffer.alloc(0)],
      ['file.empty', 'a.pdf', samples.pdfWithoutPages()],
      ['file.too-large', 'a.pdf', Buffer.alloc(limits.bytesMax + 1, '%PDF-')],
      ['file.too-many-pages', 'a.pdf', await samples.longPdf(130)],
      ['file.too-many-pages', 'a.tif', await samples.tiffScan(6)],
      ['file.encrypted', 'a.pdf', samples.encryptedPdf()],
      ['file.encrypted', 'a.pdf', samples.encryptedPdf('')],
      ['file.broken', 'a.pdf', await samples.brokenPdf()],
      ['file.broken', 'a.pdf', (await samples.scannedLetterPdf()).subarray(0, 20_000)],
      ['file.broken', 'a.jpg', (await samples.jpegScan()).subarray(0, 20_000)],
      ['file.broken', 'a.docx', samples.docx().subarray(0, 600)],
      ['file.unsupported', 'a', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;')],
      ['file.unsupported', 'catatan', Buffer.from('hanya teks')],
      ['file.mislabelled', 'a.pdf', await samples.pngScan()],
      ['file.mislabelled', 'a.jpg', samples.plainPdf()],
      ['file.mislabelled', 'a.exe', samples.plainPdf()],
      ['file.mislabelled', 'a.pdf', Buffer.from('MZ program')],
      ['file.active-content', 'a.pdf', samples.scriptedPdf()],
      ['file.active-content', 'a.pdf', samples.scriptedPdf(true)],
      ['file.active-content', 'a.pdf', samples.hiddenScriptPdf()],
      ['file.active-content', 'a.pdf', samples.launchingPdf()],
      ['file.active-content', 'a.docx', samples.docxWithMacros()],
      ['file.active-content', 'a.docx', samples.docxWithOutsideTemplate()],
      ['file.active-content', 'a.docx', samples.docx({ 'word/embeddings/oleObject1.bin': 'x' })],
      ['file.archive-bomb', 'a.docx', samples.docxBomb()],
      ['file.too-big-image', 'a.png', await samples.hugePng()],
    ]
    const told = await Promise.all(cases.map(([, name, bytes]) => code(bytes, name)))
    expect(told).to.deep.equal(cases.map(([wanted]) => wanted))
  })

  it('refuses a declared type that the content does not bear out', async () => {
    expect(await code(samples.plainPdf(), 'a.pdf', 'image/png')).to.equal('file.mislabelled')
    expect(await code(samples.plainPdf(), 'a.pdf', 'text/html')).to.equal('file.mislabelled')
    expect(await code(samples.plainPdf(), 'a.pdf', 'application/pdf; charset=binary')).to.equal('accepted')
  })

  it('gives up a file that takes too long and goes on with the next', async () => {
    const hasty = createBench({ ...benchLimits, helpers: 1, taskMs: 1 })
    const failed = await hasty.inspectPdf(samples.plainPdf(), 5).catch((error: unknown) => error)
    hasty.close()
    expect(failed).to.be.instanceOf(AppError).and.to.have.property('code', 'file.too-complex')
    expect(await code(samples.plainPdf(), 'a.pdf')).to.equal('accepted')
  })

  it('keeps names readable and harmless', () => {
    expect(cleanName('../../etc/passwd')).to.equal('passwd')
    expect(cleanName('C:\\Surat\\undangan.pdf')).to.equal('undangan.pdf')
    expect(cleanName('Surat\u0000 e\u0301dit\u202Efdp.exe')).to.equal('Surat éditfdp.exe')
    expect(cleanName('...')).to.equal('berkas')
    expect(cleanName(`${'a'.repeat(400)}.pdf`)).to.match(/^a{146}\.pdf$/)
  })
})
