import { expect } from 'chai'
import type { Browser } from 'playwright-core'
import { scannedLetterPdf } from '../documents/samples.ts'
import { eventually, TestProvince } from '../e2e/province.ts'
import { needServices } from '../support/services.ts'
import { Keyboard } from './keyboard.ts'
import { needBrowser, openBrowser, Person } from './people.ts'

const REGISTRAR = 'siti.rahmawati'
const VERIFIER = 'joko.purwanto'
const HEAD = 'andi.surya.mahardika'
const DIVISION = 'fajar.nugraha'
const STAFF = 'dewi.anggraini'
const ADMIN = 'laras.cahyani'

const SUBJECT = 'Permintaan data dukung evaluasi pemerintah digital triwulan IV'
const MINUTE_MS = 60_000
/** Key strokes beside the letters that are typed: to the form, to the scan, from field to field, and off. */
const STEERING_KEYS_MAX = 20

describe('incoming letter in a browser', function () {
  this.timeout(60_000)
  let province: TestProvince
  let browser: Browser
  const sitDown = (id: string, options?: Parameters<typeof Person.at>[3]) =>
    Person.at(browser, province.url, id, options)

  before(async function () {
    needServices(this, 'MONGODB_URI', 'REDIS_URL')
    needBrowser(this)
    province = await TestProvince.open()
    await province.startWorker()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await province?.close()
  })

  it('greets strangers in Indonesian whatever their browser speaks, and lets pages keep their assets', async () => {
    const page = await browser.newPage({ baseURL: province.url })
    const styled = page.waitForResponse((response) => response.url().endsWith('/base.css'))
    await page.goto('/')
    expect(await page.getAttribute('html', 'lang')).to.equal('id')
    expect((await styled).headers()['cache-control']).to.contain('immutable')
    await page.close()
  })

  it('is registered from a scan by keyboard alone, in less than a minute and with few keys', async () => {
    const clerk = await sitDown(REGISTRAR)
    const keys = new Keyboard(clerk.page)
    const begun = Date.now()
    await keys.tabTo('a[href="/letters/new"]')
    await keys.press('Enter')
    await clerk.page.waitForURL('**/letters/new')
    const file = { name: 'surat masuk – é.pdf', mimeType: 'application/pdf', buffer: await scannedLetterPdf() }
    await keys.chooseFile('#scan', file)
    await keys.tabTo('[name=sender]')
    await keys.type('Biro Organisasi')
    await keys.press('Enter')
    await keys.type('000.8.3/1182/B.ORG')
    await keys.press('Enter')
    await keys.type('11202026')
    await keys.press('Enter')
    await keys.type(SUBJECT)
    const sent = clerk.page.waitForURL(/\/instances\//)
    await keys.press('Control+Enter')
    await sent
    expect(Date.now() - begun).to.be.below(MINUTE_MS)
    expect(keys.steering).to.be.at.most(STEERING_KEYS_MAX)
    expect(await clerk.text('.notice')).to.contain('0001/2026')
    expect(await clerk.text('.letter-head')).to.contain('20 Nov 2026')
    await clerk.leave()
  })

  it('names the verifier as its holder until it is verified', async () => {
    const verifier = await sitDown(VERIFIER)
    await verifier.openFromTray(SUBJECT)
    expect(await verifier.text('.holders'))
      .to.contain('Kepala Subbagian Umum')
      .and.to.contain('Joko Purwanto')
    await verifier.send('VERIFY', { note: 'Lengkap' })
    expect(await verifier.text('.notice')).to.contain('Kepala Dinas Komunikasi dan Informatika')
    await verifier.leave()
  })

  it('is disposed on a phone; a second window learns who decided and when, and keeps what was typed', async () => {
    const [phone, desk] = await Promise.all([sitDown(HEAD, { phone: true }), sitDown(HEAD)])
    await desk.openFromTray(SUBJECT)
    const slower = await desk.form('DISPOSE')
    await desk.tick(slower, 'to', 'diskominfo.ikp')
    await desk.tick(slower, 'instructions', 'Siapkan bahan')
    await slower.locator('textarea[name=note]').fill('Mohon bahan tertulis untuk rapat Senin.')
    await phone.openFromTray(SUBJECT)
    expect(await phone.spill()).to.equal(0)
    const form = await phone.form('DISPOSE')
    for (const to of ['diskominfo.aptika', 'diskominfo.statistik']) await phone.tick(form, 'to', to)
    await phone.tick(form, 'instructions', 'Proses lebih lanjut')
    await form.locator('textarea[name=note]').fill('Laporkan hasilnya')
    await phone.submit(form)
    expect(await phone.text('.notice')).to.contain('Terkirim')
    expect(await phone.spill()).to.equal(0)

    await desk.submit(slower)
    expect(await desk.text('[role=alert]')).to.match(
      /Sudah diputuskan Andi Surya Mahardika \(Kepala Dinas .*\) pada .*\d/,
    )
    const back = await desk.form('DISPOSE')
    expect(await back.locator('textarea[name=note]').inputValue()).to.equal('Mohon bahan tertulis untuk rapat Senin.')
    expect(await back.locator('input[name=to][value="diskominfo.ikp"]').isChecked()).to.equal(true)
    await Promise.all([phone.leave(), desk.leave()])
  })

  it('goes on to two of the staff; one disposition is recalled unread, the other no more once it is read', async () => {
    const division = await sitDown(DIVISION)
    await division.openFromTray(SUBJECT)
    const form = await division.form('DISPOSE')
    for (const to of ['diskominfo.aptika.staff-1', 'diskominfo.aptika.staff-2']) await division.tick(form, 'to', to)
    await division.tick(form, 'instructions', 'Siapkan bahan')
    await division.submit(form)
    const recalls = division.page.locator('form[action$="/events/RECALL"]')
    expect(await recalls.count()).to.equal(2)
    const { items } = await province.read(STAFF, '/tasks')
    const read = items[0].instance
    const actions = await recalls.evaluateAll((forms) => forms.map((each) => each.getAttribute('action') ?? ''))
    const unread = actions.map((action) => action.split('/')[2] ?? '').find((id) => id !== read) ?? ''
    await division.send('RECALL', { reason: 'Cukup dikerjakan satu orang' }, unread)
    expect(await division.text('.holders')).to.contain('ditarik')

    const late = await division.form('RECALL', read)
    await late.locator('[name=reason]').fill('Ternyata dikerjakan bidang lain')
    const staff = await sitDown(STAFF)
    await staff.openFromTray(SUBJECT)
    await division.submit(late)
    expect(await division.text()).to.contain('Disposisi sudah dibuka penerima')
    expect(await division.text()).to.contain('Ternyata dikerjakan bidang lain')
    await Promise.all([staff.leave(), division.leave()])
  })

  it('is reported with proof, sent back for more, reported again and accepted', async () => {
    const staff = await sitDown(STAFF)
    await staff.openFromTray(SUBJECT)
    const report = await staff.form('REPORT')
    await report.locator('[name=text]').fill('Data sudah disiapkan')
    await report.locator('input[type=file]').setInputFiles({
      name: 'bukti.pdf',
      mimeType: 'application/pdf',
      buffer: await scannedLetterPdf({ subject: 'Bukti tindak lanjut' }),
    })
    await staff.submit(report)
    const division = await sitDown(DIVISION)
    await division.openFromTray(SUBJECT)
    expect(await division.text('.documents')).to.contain('bukti.pdf')
    expect(await division.text('.now')).to.contain('Data sudah disiapkan')
    await division.send('RETURN_REPORT', { reason: 'Tambahkan data triwulan III' })
    await staff.openFromTray(SUBJECT)
    expect(await staff.text('.now')).to.contain('Tambahkan data triwulan III')
    await staff.send('REPORT', { text: 'Data triwulan III ditambahkan' })
    await division.openFromTray(SUBJECT)
    await division.send('ACCEPT')
    await division.openFromTray(SUBJECT)
    await division.send('REPORT', { text: 'Seluruh data dukung telah dikirim' })
    await Promise.all([staff.leave(), division.leave()])
  })

  it('does not close too early: the head reads who holds it, and releases that branch with a reason', async () => {
    const head = await sitDown(HEAD, { phone: true })
    await head.openFromTray(SUBJECT)
    await head.send('ACCEPT')
    const blocked = await head.text('.blocked:has-text("Tutup surat")')
    expect(blocked).to.contain('Kepala Bidang Statistik dan Persandian (Lestari Handayani)')
    expect(await head.page.locator('form[action$="/events/CLOSE"]').count()).to.equal(0)
    const release = await head.form('RELEASE')
    await release.locator('input[name=branch]').check({ force: true })
    await release.locator('[name=reason]').fill('Data persandian tidak diperlukan')
    await head.submit(release)
    await head.leave()
  })

  it('is closed by the first of two windows; the other is told, and what it said is not lost', async () => {
    const [first, second] = await Promise.all([sitDown(HEAD), sitDown(HEAD, { phone: true })])
    for (const window of [first, second]) await window.openFromTray(SUBJECT)
    const slower = await second.form('CLOSE')
    await slower.locator('[name=note]').fill('Catatan dari jendela kedua')
    await first.send('CLOSE', { note: 'Terima kasih' })
    await second.submit(slower)
    expect(await second.text('[role=alert]')).to.match(/Sudah diputuskan Andi Surya Mahardika .* pada .*\d/)
    expect(await second.text()).to.contain('Catatan dari jendela kedua')
    await Promise.all([first.leave(), second.leave()])
  })

  it('is filed, and stands in the agenda book', async () => {
    const clerk = await sitDown(REGISTRAR)
    await clerk.openFromTray(SUBJECT)
    await clerk.send('FILE', { classification: '000.8.3' })
    expect(await clerk.text('.letter-head')).to.contain('Selesai')
    await clerk.page.goto('/agenda?q=triwulan')
    const row = await clerk.text('tbody tr')
    expect(row).to.contain('0001').and.to.contain(SUBJECT).and.to.contain('Selesai')
    await clerk.page.goto('/agenda?q=tidakada')
    expect(await clerk.text()).not.to.contain(SUBJECT)
    await clerk.leave()
  })

  it('leaves its times to the admin, who changes the language and signs out', async () => {
    const admin = await sitDown(ADMIN)
    await admin.page.goto('/timing')
    expect(await admin.text()).to.contain('Tindak lanjuti disposisi')
    await admin.page.locator('form[action="/language"] button').click()
    await admin.page.waitForLoadState()
    expect(await admin.text()).to.contain('Act on the disposition')
    expect(await admin.page.getAttribute('html', 'lang')).to.equal('en')
    await admin.page.locator('form[action="/sign-out"] button').click()
    await admin.page.waitForURL('**/sign-in')
    await admin.page.goto('/timing')
    expect(new URL(admin.page.url()).pathname).to.equal('/sign-in')
    await admin.leave()
  })

  /** A second letter up to the head's desk, by the other door. */
  async function anotherLetter(subject: string): Promise<string> {
    const registration = {
      sender: 'Biro Umum',
      letterNumber: '005/77/UM',
      letterDate: '2026-11-20',
      subject,
      urgency: 'segera',
      secrecy: 'biasa',
    }
    const data = { unit: 'diskominfo', channel: 'post', receivedAt: new Date().toISOString(), files: [], registration }
    const { body } = await province.call(REGISTRAR, 'POST', '/instances', { workflow: 'incoming-letter', data })
    await province.send(VERIFIER, body.id, 'VERIFY')
    return body.id
  }

  it('can be read and decided without scripts', async () => {
    const subject = 'Undangan rapat tanpa skrip'
    await anotherLetter(subject)
    const head = await sitDown(HEAD, { javaScriptEnabled: false })
    await head.openFromTray(subject)
    const form = await head.form('DISPOSE')
    await head.tick(form, 'to', 'diskominfo.aptika')
    await head.tick(form, 'instructions', 'Wakili/hadiri')
    await head.submit(form)
    expect(await head.text('.notice')).to.contain('Terkirim')
    expect(await head.text('.holders')).to.contain('Kepala Bidang Aplikasi Informatika')
    await head.leave()
  })

  it('says why it came back when a receiver turned out to be out of reach', async () => {
    const subject = 'Permintaan tanggapan lintas unit'
    const id = await anotherLetter(subject)
    const lines = [{ to: 'bkd.mutasi', instructions: ['Laporkan'] }]
    await province.send(HEAD, id, 'DISPOSE', { lines })
    await eventually('the direction wanted again', async () => {
      const { tasks } = await province.read(HEAD, `/instances/${id}`)
      return tasks.some((task: { events: string[] }) => task.events.includes('FORWARD'))
    })
    const head = await sitDown(HEAD)
    await head.openFromTray(subject)
    expect(await head.text('.now')).to.contain('Jabatan penerima tidak ada. Pilih dari daftar.')
    await head.leave()
  })

  it('brings a form back as it was typed when its page was open for too long', async () => {
    const clerk = await sitDown(REGISTRAR)
    await clerk.page.goto('/letters/new')
    await clerk.page.locator('[name=sender]').fill('Dinas Perhubungan')
    await clerk.page.evaluate(() => {
      for (const token of document.querySelectorAll<HTMLInputElement>('.register [name=_csrf]')) token.value = 'lama'
      document.querySelector<HTMLFormElement>('form.register')?.setAttribute('novalidate', '')
    })
    await clerk.submit(clerk.page.locator('form.register'))
    expect(await clerk.text('[role=alert]')).to.contain('Isian Anda masih ada')
    expect(await clerk.page.locator('[name=sender]').inputValue()).to.equal('Dinas Perhubungan')
    await clerk.leave()
  })
})
