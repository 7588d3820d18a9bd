import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'chai'
import { PDFDocument } from 'pdf-lib'
import type { Response } from 'supertest'
import { needServices } from '../support/services.ts'
import { key, type Name, openRig, type Rig, UPLOAD_BYTES_MAX } from './rig.ts'

async function pdf(pages = 2): Promise<Buffer> {
  const document = await PDFDocument.create()
  for (let page = 1; page <= pages; page++) document.addPage([200, 300]).drawText(`page ${page} ${Math.random()}`)
  return Buffer.from(await document.save())
}

describe('files over the wire', () => {
  let rig: Rig
  let bytes: Buffer

  before(async function () {
    needServices(this, 'MONGODB_URI')
    this.timeout(30_000)
    rig = await openRig()
    bytes = await pdf()
  })
  after(async () => rig?.stop())

  const upload = (name: Name, content: Buffer, filename: string, contentType = 'application/pdf') =>
    rig.as(name).post('/api/v1/files').attach('file', content, { filename, contentType })
  const keep = async (name: Name = 'citra', content = bytes): Promise<string> =>
    (await upload(name, content, 'surat.pdf').expect(201)).body.id
  const get = (name: Name, id: string, headers: Record<string, string> = {}) =>
    rig.as(name).get(`/api/v1/files/${id}`).set(headers).buffer(true).parse(binary)
  const start = (name: Name, data: object) =>
    rig.as(name).post('/api/v1/instances').set('Idempotency-Key', key()).send({ workflow: 'paper', data })

  /** Superagent hands its parsers the stream of the answer. */
  const binary = (response: Response, done: (error: Error | null, body: Buffer) => void) => {
    const stream = response as unknown as NodeJS.ReadableStream
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => done(null, Buffer.concat(chunks)))
  }

  describe('handing in', () => {
    it('says what was taken in and leaves no temporary file', async () => {
      const answer = await upload('citra', bytes, 'Surat Undangan.pdf').expect(201)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      expect(answer.body).to.include({ sha256, mediaType: 'application/pdf', bytes: bytes.length, pages: 2 })
      expect(answer.body.name).to.equal('Surat Undangan.pdf')
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect(await readdir(join(rig.parts.config.dataDir, 'uploads'))).to.deep.equal([])
    })

    it('keeps names of every script and harms nobody by them', async () => {
      const names: [string, string][] = [
        ['surat “penting” – édisi ①.pdf', 'surat “penting” – édisi ①.pdf'],
        ['../../etc/passwd.pdf', 'passwd.pdf'],
        ['naskah\u202Efdp.pdf', 'naskahfdp.pdf'],
      ]
      for (const [sent, kept] of names) {
        const { body } = await upload('citra', bytes, sent).expect(201)
        expect(body.name).to.equal(kept)
        const { headers } = await get('citra', body.id).expect(200)
        expect(headers['content-disposition']).to.match(
          /^inline; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\x21-\x7e]+$/,
        )
        expect(decodeURIComponent(String(headers['content-disposition']).split("''")[1] ?? '')).to.equal(kept)
      }
    })

    it('goes by the content where the sender names no type', async () => {
      const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="surat.pdf"\r\n\r\n'
      const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--x--\r\n')])
      const form = rig.as('citra').post('/api/v1/files').set('Content-Type', 'multipart/form-data; boundary=x')
      expect((await form.send(body).expect(201)).body.mediaType).to.equal('application/pdf')
    })

    it('refuses nothing, too much, the wrong field, two files and broken forms', async () => {
      const code = async (asked: PromiseLike<{ status: number; body: { code: string } }>) => {
        const { status, body } = await asked
        return `${status} ${body.code}`
      }
      const post = () => rig.as('citra').post('/api/v1/files')
      expect(await code(post().field('note', 'x'))).to.equal('400 file.missing')
      expect(await code(post().send({}))).to.equal('400 file.missing')
      expect(await code(post().attach('scan', bytes, 'a.pdf'))).to.equal('400 file.missing')
      expect(await code(post().attach('file', bytes, 'a.pdf').attach('file', bytes, 'b.pdf'))).to.equal(
        '400 file.missing',
      )
      expect(await code(upload('citra', Buffer.alloc(0), 'a.pdf'))).to.equal('422 file.empty')
      expect(await code(upload('citra', Buffer.alloc(UPLOAD_BYTES_MAX + 1), 'a.pdf'))).to.equal('413 file.too-large')
      expect(await code(upload('citra', Buffer.from('%PDF-1.7 broken'), 'a.pdf'))).to.equal('422 file.broken')
      expect(await code(upload('citra', Buffer.from('<html>'), 'a.pdf'))).to.equal('422 file.mislabelled')
      expect(await code(upload('citra', Buffer.from('MZ'), 'a.exe', 'application/x-msdownload'))).to.equal(
        '422 file.unsupported',
      )
      const cut = post()
        .set('Content-Type', 'multipart/form-data; boundary=x')
        .send('--x\r\nContent-Disposition: form-')
      expect(await code(cut)).to.equal('400 request.malformed')
      expect(await code(post().set('Content-Type', 'multipart/form-data').send('x'))).to.equal('400 request.malformed')
    })
  })

  describe('reading', () => {
    it('sends the bytes with headers that let nothing in them run', async () => {
      const id = await keep()
      const { body, headers } = await get('citra', id).expect(200)
      expect(Buffer.compare(body, bytes)).to.equal(0)
      expect(headers).to.include({
        'content-type': 'application/pdf',
        'content-length': String(bytes.length),
        'accept-ranges': 'bytes',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'SAMEORIGIN',
        'cache-control': 'private, no-cache',
        etag: `"${createHash('sha256').update(bytes).digest('hex')}"`,
      })
      expect(headers['content-security-policy']).to.include("default-src 'none'").and.include("frame-ancestors 'self'")
    })

    it('answers HEAD without a body and known tags with 304', async () => {
      const id = await keep()
      const head = await rig.as('citra').head(`/api/v1/files/${id}`).expect(200)
      expect(head.headers['content-length']).to.equal(String(bytes.length))
      const etag = String(head.headers.etag)
      await get('citra', id, { 'If-None-Match': etag }).expect(304)
      await get('citra', id, { 'If-None-Match': `"x", W/${etag}` }).expect(304)
      await get('citra', id, { 'If-None-Match': '"x"' }).expect(200)
    })

    it('serves one range, the last bytes, and refuses what lies outside', async () => {
      const id = await keep()
      const { length } = bytes
      const part = async (range: string, from: number, to: number) => {
        const { body, headers } = await get('citra', id, { Range: range }).expect(206)
        expect(headers['content-range']).to.equal(`bytes ${from}-${to - 1}/${length}`)
        expect(Buffer.compare(body, bytes.subarray(from, to))).to.equal(0)
      }
      await part('bytes=0-0', 0, 1)
      await part('bytes=5-99', 5, 100)
      await part('bytes=100-', 100, length)
      await part('bytes=-7', length - 7, length)
      await part(`bytes=-${length + 5}`, 0, length)
      await part(`bytes=10-${length + 5}`, 10, length)
      for (const outside of [`bytes=${length}-`, 'bytes=999999999-', 'bytes=-0']) {
        const { headers } = await get('citra', id, { Range: outside }).expect(416)
        expect(headers['content-range']).to.equal(`bytes */${length}`)
      }
      for (const nonsense of ['bytes=9-5', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=', 'bytes=a-b'])
        await get('citra', id, { Range: nonsense }).expect(200)
    })

    it('honours If-Range: the part for the same content, the whole for another', async () => {
      const id = await keep()
      const { headers } = await get('citra', id)
      await get('citra', id, { Range: 'bytes=0-9', 'If-Range': String(headers.etag) }).expect(206)
      await get('citra', id, { Range: 'bytes=0-9', 'If-Range': '"other"' }).expect(200)
      await get('citra', id, { Range: 'bytes=0-9', 'If-Range': `W/${headers.etag}` }).expect(200)
    })

    it('shows a page small, and says when there is none', async () => {
      const id = await keep()
      const page = (path: string, headers = {}) => rig.as('citra').get(`/api/v1/files/${id}/pages/${path}`).set(headers)
      const { headers } = await page('2?w=400').expect(200)
      expect(headers['content-type']).to.equal('image/webp')
      await page('2?w=400', { 'If-None-Match': String(headers.etag) }).expect(304)
      expect((await page('3')).body.code).to.equal('file.no-such-page')
      expect((await page('one')).body.code).to.equal('file.no-such-page')
      expect((await page('1?w=99999')).body.code).to.equal('request.invalid')
    })
  })

  describe('rights', () => {
    it('keeps a file its uploader’s until it belongs to a letter, then its readers’', async () => {
      const id = await keep('citra')
      expect((await get('hadi', id)).status).to.equal(404)
      await start('citra', { unit: 'unit-a', title: 'With a scan', scan: id }).expect(201)
      for (const reader of ['citra', 'hadi'] as const) await get(reader, id).expect(200)
      for (const path of ['', '/pages/1']) {
        const answer = await rig.as('sari').get(`/api/v1/files/${id}${path}`)
        expect([answer.status, answer.body.code]).to.deep.equal([404, 'file.not-found'])
      }
      await rig.anybody.get(`/api/v1/files/${id}`).expect(401)
      await rig.anybody.get(`/files/${id}`).expect(401)
    })

    it('lets nobody tie a file to a letter that they may not read', async () => {
      const foreign = await keep('sari')
      const answer = await start('citra', { unit: 'unit-a', title: 'Taken', scan: foreign })
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'file.not-found'])
      expect(answer.body.files).to.deep.equal([foreign])
      const missing = await start('citra', { unit: 'unit-a', title: 'Missing', scan: 'no-such-file' })
      expect(missing.body.code).to.equal('file.not-found')
      expect(await rig.documents.files.attachedTo(foreign)).to.deep.equal([])
    })

    it('ties files of an event to the root, once, however often it is sent', async () => {
      const { body: letter } = await start('citra', { unit: 'unit-a', title: 'Proofs' }).expect(201)
      const [one, two] = [await keep('hadi'), await keep('hadi')]
      const same = key()
      const send = () =>
        rig
          .as('hadi')
          .post(`/api/v1/instances/${letter.id}/events`)
          .set('Idempotency-Key', same)
          .send({ type: 'PROVE', data: { proofs: [one, two] } })
      await send().expect(200)
      await send().expect(200)
      const record = await rig.documents.files.get(one)
      expect(record.attachments.map(({ root }) => root)).to.deep.equal([letter.id])
      await get('citra', two).expect(200)
    })

    it('serves a browser by its session and a program by its token alike', async () => {
      const id = await keep('citra')
      const { secret } = await rig.organization.credentials.createSession('citra', 'test')
      const cookie = { Cookie: `mahakam=${secret}` }
      await rig.anybody.get(`/files/${id}`).set(cookie).expect(200)
      await rig.anybody.get(`/files/${id}/pages/1`).set(cookie).expect(200)
      await rig.anybody.get(`/files/${id}`).set('Authorization', `Bearer ${rig.tokens.citra}`).expect(401)
    })
  })
})
