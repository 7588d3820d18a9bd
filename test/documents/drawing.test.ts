import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { drawDocument, longDate, longDateTime } from '../../src/documents/index.ts'
import dispositionSheet from '../../templates/letters/disposition-sheet.ts'
import { emptySheet, longSheet, oneLevel, threeLevels } from './sheets.ts'

const facts = { version: 2, at: new Date('2026-11-24T02:45:10Z'), title: 'Lembar disposisi 1287 & <uji>' }
const shapes = { emptySheet, oneLevel, threeLevels, longSheet }

const has = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0

describe('disposition sheet', function () {
  this.timeout(60_000)
  const folder = mkdtempSync(join(tmpdir(), 'mahakam-sheets-'))
  const path = (name: string) => join(folder, `${name}.pdf`)

  before(async () => {
    for (const [name, data] of Object.entries(shapes)) {
      writeFileSync(path(name), (await drawDocument(dispositionSheet, data, facts)).bytes)
    }
  })
  after(() => rmSync(folder, { recursive: true }))

  function needs(this: void, test: Mocha.Context, tool: string): void {
    if (has(tool)) return
    console.warn(`disposition sheet: SKIPPED, ${tool} is not installed`)
    test.skip()
  }
  const textOf = (name: string) => execFileSync('pdftotext', ['-layout', path(name), '-'], { encoding: 'utf8' })

  it('is the same to the byte for the same data and time', async () => {
    const [a, b] = [
      await drawDocument(dispositionSheet, threeLevels, facts),
      await drawDocument(dispositionSheet, threeLevels, facts),
    ]
    expect(a.bytes.equals(b.bytes)).to.equal(true)
    const later = await drawDocument(dispositionSheet, threeLevels, { ...facts, at: new Date('2026-11-24T02:46:10Z') })
    expect(a.bytes.equals(later.bytes)).to.equal(false)
    expect(a.bytes.length).to.be.lessThan(40_000)
  })

  it('embeds every font as a subset that can be searched', function () {
    needs(this, 'pdffonts')
    for (const name of Object.keys(shapes)) {
      const rows = execFileSync('pdffonts', [path(name)], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .slice(2)
      expect(rows).to.not.have.length(0)
      for (const row of rows) expect(row).to.match(/^[A-Z]{6}\+Arimo-\w+ +CID TrueType +Identity-H +yes yes yes/)
    }
  })

  it('says who passed the letter to whom, with what and until when', function () {
    needs(this, 'pdftotext')
    const text = textOf('threeLevels')
    for (const words of [
      'DINAS KOMUNIKASI DAN INFORMATIKA',
      '000.1.5/1234/BAPPEDA/XI/2026',
      '1287',
      'Kepala Seksi Tata Kelola',
      'Bambang Širvydas-Nguyễn, S.Kom.',
      'Catatan: Kumpulkan data indikator.',
      '27 November 2026',
      '24 November 2026 pukul 10.42 WITA',
      'NIP 197203141998031004',
      'Versi 2, dibuat 24 November 2026 pukul 10.45 WITA',
      'Halaman 1 dari 1',
    ]) {
      expect(text).to.include(words)
    }
    expect(text.match(/penerima lembar ini/g)).to.have.length(1)
  })

  it('leaves room to write while nobody has disposed', function () {
    needs(this, 'pdftotext')
    const text = textOf('emptySheet')
    for (const words of [
      'Diteruskan kepada Sdr.:',
      'Dengan hormat harap:',
      'Tanggapan dan saran',
      'Paraf dan tanggal:',
      'Pangkat/NIP',
    ]) {
      expect(text).to.include(words)
    }
  })

  it('shows a mark for what the font lacks and loses no line of a long note', function () {
    needs(this, 'pdftotext')
    const text = textOf('longSheet')
    expect(text.match(/Mohon/g)).to.have.length(90)
    expect(text).to.include('Łukasz Ñuñez-Þórðarson Åkerström')
    expect(text).to.match(/Halaman (\d) dari \1/)
  })

  it('carries a QR code to the page of the letter', function () {
    needs(this, 'zbarimg')
    for (const name of Object.keys(shapes)) {
      execFileSync('pdftoppm', ['-r', '150', '-png', '-singlefile', path(name), join(folder, name)])
      const read = execFileSync('zbarimg', ['-q', '--raw', join(folder, `${name}.png`)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      expect(read.trim()).to.equal(emptySheet.url)
    }
  })

  it('is PDF/A-2b in the judgement of veraPDF', function () {
    this.timeout(240_000)
    const script = fileURLToPath(new URL('./verapdf.sh', import.meta.url))
    const { status, stdout, stderr } = spawnSync('sh', [script, ...Object.keys(shapes).map(path)], { encoding: 'utf8' })
    if (status === 77) {
      console.warn(`disposition sheet: veraPDF SKIPPED, ${stderr.trim()}`)
      return this.skip()
    }
    expect(stdout.match(/^PASS .* 2b$/gm), stdout).to.have.length(Object.keys(shapes).length)
  })
})

describe('Indonesian dates', () => {
  it('are spelled as the office writes them, in the zone of the unit', () => {
    expect(longDate('2026-11-24', 'Asia/Makassar')).to.equal('24 November 2026')
    expect(longDate('2026-08-16T16:30:00Z', 'Asia/Makassar')).to.equal('17 Agustus 2026')
    expect(longDate('akhir Mei 2026', 'Asia/Makassar')).to.equal('akhir Mei 2026')
    expect(longDateTime('2026-01-01T00:05:00Z', 'Asia/Jayapura')).to.equal('1 Januari 2026 pukul 09.05 WIT')
  })
})
