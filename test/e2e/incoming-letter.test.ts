import { expect } from 'chai'
import { scannedLetterPdf } from '../documents/samples.ts'
import { needServices } from '../support/services.ts'
import { eventually, type Json, TestProvince } from './province.ts'

const REGISTRAR = 'siti.rahmawati'
const VERIFIER = 'joko.purwanto'
const HEAD = 'andi.surya.mahardika'
const DIVISION = 'fajar.nugraha'
const SECOND = 'lestari.handayani'
const STAFF = 'dewi.anggraini'
const OTHER_STAFF = 'rizky.pratama'
const STRANGER = 'bagus.wirawan'

const registration = {
  sender: 'Biro Organisasi',
  letterNumber: '000.8.3/1182/B.ORG',
  letterDate: '2026-11-20',
  subject: 'Permintaan data dukung evaluasi pemerintah digital triwulan IV',
  urgency: 'segera',
  secrecy: 'biasa',
  attachments: '1 berkas',
}

const line = (to: string, more: Json = {}) => ({
  to,
  instructions: ['Proses lebih lanjut'],
  note: 'Laporkan hasilnya',
  ...more,
})

describe('incoming letter, from the counter to the archive', function () {
  this.timeout(120_000)
  let province: TestProvince
  let letter: string
  const branchOf = async (title: string): Promise<Json> => {
    const { items } = await province.read(HEAD, `/instances?root=${letter}&limit=100`)
    return items.find((each: Json) => each.summary.to === title && each.status === 'active')
  }

  before(async function () {
    needServices(this, 'MONGODB_URI', 'REDIS_URL')
    province = await TestProvince.open()
  })
  after(() => province?.close())

  it('registers a scanned letter and gives it the first agenda number', async () => {
    const { status, body: file } = await province.upload(
      REGISTRAR,
      await scannedLetterPdf(),
      'surat masuk – é.pdf',
      'application/pdf',
    )
    expect(status, JSON.stringify(file)).to.equal(201)
    const data = {
      unit: 'diskominfo',
      channel: 'counter',
      receivedAt: '2026-11-24T00:12:00Z',
      files: [file.id],
      registration,
    }
    const started = await province.call(REGISTRAR, 'POST', '/instances', { workflow: 'incoming-letter', data })
    expect(started.status, JSON.stringify(started.body)).to.equal(201)
    expect(started.body.state).to.equal('verification')
    expect(started.body.summary.reference).to.equal('0001/2026')
    letter = started.body.id
    const hidden = await province.call(STRANGER, 'GET', `/instances/${letter}`)
    expect(hidden.status).to.equal(404)
    expect((await province.call(STRANGER, 'GET', `/files/${file.id}`).catch(() => ({ status: 404 }))).status).to.equal(
      404,
    )
  })

  it('goes up to the head with an empty sheet, although the first worker is killed while it draws', async () => {
    await province.send(VERIFIER, letter, 'VERIFY')
    const tray = await province.read(HEAD, '/tasks')
    expect(tray.items.map((item: Json) => item.instance)).to.include(letter)
    const doomed = await province.startWorker()
    await new Promise((resolve) => setTimeout(resolve, 25))
    doomed.kill('SIGKILL')
    await province.startWorker()
    await eventually(
      'the sheet',
      async () => (await province.read(HEAD, `/instances/${letter}/documents`)).items.length === 1,
    )
  })

  it('is disposed to two posts at once and further down to a third level', async () => {
    const lines = [
      line('diskominfo.aptika'),
      line('diskominfo.statistik', { kind: 'information', instructions: ['Untuk diketahui'] }),
    ]
    await province.send(HEAD, letter, 'DISPOSE', { lines })
    const division = await branchOf('Kepala Bidang Aplikasi Informatika')
    await province.send(DIVISION, division.id, 'DISPOSE', {
      lines: [line('diskominfo.aptika.staff-1'), line('diskominfo.aptika.staff-2')],
    })
    const { items } = await province.read(STAFF, '/tasks')
    expect(items.map((item: Json) => item.root)).to.include(letter)
    await eventually('one sheet for each of four dispositions', async () => {
      const sheets = (await province.read(HEAD, `/instances/${letter}/documents`)).items
      return sheets.length === 5
    })
  })

  it('does not close while a branch is open, and says who holds it', async () => {
    const { status, body } = await province.call(HEAD, 'POST', `/instances/${letter}/events`, {
      type: 'CLOSE',
      data: {},
    })
    expect(status).to.equal(409)
    expect(body.code).to.equal('incoming-letter.branch-open')
    const names = body.holders.flatMap((branch: Json) => branch.holders.map((holder: Json) => holder.name))
    expect(names).to.include.members(['Dewi Anggraini', 'Rizky Pratama', 'Lestari Handayani'])
  })

  it('lets nobody but the holder act on a branch', async () => {
    const division = await branchOf('Kepala Bidang Statistik dan Persandian')
    const { status, body } = await province.call(DIVISION, 'POST', `/instances/${division.id}/events`, {
      type: 'ACKNOWLEDGE',
      data: {},
    })
    expect([status, body.code]).to.deep.equal([403, 'event.forbidden'])
  })

  it('comes back up with reports and proof, and is closed and filed', async () => {
    const staff = (await province.read(STAFF, '/tasks')).items[0]
    const proof = (await province.upload(STAFF, await scannedLetterPdf(), 'bukti.pdf', 'application/pdf')).body
    await province.send(STAFF, staff.instance, 'REPORT', { text: 'Data sudah disiapkan', files: [proof.id] })
    const other = (await province.read(OTHER_STAFF, '/tasks')).items[0]
    await province.send(OTHER_STAFF, other.instance, 'REPORT', { text: 'Selesai dibantu' })
    for (const { instance } of [staff, other]) await province.send(DIVISION, instance, 'ACCEPT')
    const second = await branchOf('Kepala Bidang Statistik dan Persandian')
    await province.send(SECOND, second.id, 'ACKNOWLEDGE')
    const first = await branchOf('Kepala Bidang Aplikasi Informatika')
    await eventually(
      'both reports',
      async () => (await province.read(DIVISION, `/instances/${first.id}`)).tasks[0]?.events[0] === 'REPORT',
    )
    await province.send(DIVISION, first.id, 'REPORT', { text: 'Seluruh data dukung telah dikirim' })
    await province.send(HEAD, first.id, 'ACCEPT')
    await eventually(
      'all branches',
      async () => (await province.read(HEAD, `/instances/${letter}`)).tasks[0]?.events[0] === 'CLOSE',
    )
    await province.send(HEAD, letter, 'CLOSE', { note: 'Terima kasih' })
    const filed = await province.send(REGISTRAR, letter, 'FILE', { classification: '000.8.3' })
    expect(filed.status).to.equal('done')
  })

  it('leaves exactly one sheet for each disposition, valid chains, and times that add up', async () => {
    const { items } = await province.read(HEAD, `/instances?root=${letter}&limit=100`)
    expect(items).to.have.length(5)
    const sheets = (await province.read(HEAD, `/instances/${letter}/documents`)).items
    const perInstance = items.map(({ id }: Json) => sheets.filter((sheet: Json) => sheet.instance === id).length)
    expect(perInstance).to.deep.equal(items.map(() => 1))
    expect(sheets.map((sheet: Json) => sheet.version).toSorted()).to.deep.equal([1, 2, 3, 4, 5])
    for (const { id, startedAt, endedAt, status } of items) {
      expect(status).to.equal('done')
      const audit = (await province.read(HEAD, `/instances/${id}/audit`)).items
      for (const [index, entry] of audit.entries()) {
        expect(entry.seq).to.equal(index + 1)
        if (index > 0) expect(entry.previous).to.equal(audit[index - 1].hash)
      }
      const total = audit.reduce((sum: number, entry: Json) => sum + entry.wallMs, 0)
      const after = audit
        .filter((entry: Json) => entry.at > endedAt)
        .reduce((sum: number, entry: Json) => sum + entry.wallMs, 0)
      expect(total - after).to.equal(Date.parse(endedAt) - Date.parse(startedAt))
    }
  })
})
