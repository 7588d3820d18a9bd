import { connect } from 'node:net'
import { expect } from 'chai'
import supertest from 'supertest'
import { listen } from '../../src/http/index.ts'
import { needServices } from '../support/services.ts'
import { startWeb, type Web } from './web.ts'

describe('app', () => {
  let web: Web
  before(async function () {
    needServices(this, 'MONGODB_URI')
    web = await startWeb()
  })
  after(() => web?.stop())

  const bearer = () => ({ Authorization: `Bearer ${web.token}`, 'Idempotency-Key': crypto.randomUUID() })
  const post = () => supertest(web.app).post('/api/v1/instances').set(bearer())

  it('sends strict headers: nothing inline, nobody frames it, types are not guessed', async () => {
    const { headers } = await supertest(web.app).get('/who')
    expect(headers['content-security-policy']).to.include("frame-src 'self'").and.include("frame-ancestors 'none'")
    expect(headers['content-security-policy']).not.to.match(/unsafe-|\*/)
    expect(headers['x-content-type-options']).to.equal('nosniff')
    expect(headers).not.to.have.property('x-powered-by')
  })

  it('names every request and keeps a caller’s own harmless name for it', async () => {
    const get = () => supertest(web.app).get('/healthz')
    expect((await get()).headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/)
    expect((await get().set('X-Request-Id', 'abc-12345')).headers['x-request-id']).to.equal('abc-12345')
    expect((await get().set('X-Request-Id', 'a b"c;d')).headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/)
  })

  for (const [what, header] of [
    ['no token', ''],
    ['a made-up token', `Bearer mhk_${'x'.repeat(43)}`],
    ['another scheme', 'Basic YTpi'],
  ])
    it(`refuses ${what}`, async () => {
      const request = supertest(web.app).get('/api/v1/workflows')
      const { status, headers, body } = await (header ? request.set('Authorization', header) : request)
      expect(status).to.equal(401)
      expect(headers['www-authenticate']).to.match(/^Bearer/)
      expect(headers['content-type']).to.match(/^application\/problem\+json/)
      expect(body.code).to.match(/^session\./)
    })

  it('says what is wrong in the language asked for', async () => {
    const ask = (language: string) =>
      supertest(web.app).get('/api/v1/nothing').set(bearer()).set('Accept-Language', language)
    const [id, en] = await Promise.all([ask('id'), ask('en-GB,en;q=0.8')])
    expect([id.status, id.body.code, en.body.code]).to.deep.equal([404, 'route.not-found', 'route.not-found'])
    expect(id.body.title).to.be.a('string').and.not.equal(en.body.title)
  })

  it('refuses broken, too large and strangely encoded JSON', async () => {
    const codes = async (request: supertest.Test) => {
      const { status, body } = await request
      return [status, body.code]
    }
    const json = () => post().type('json')
    expect(await codes(json().send('{"a":'))).to.deep.equal([400, 'request.malformed'])
    expect(await codes(json().send('"text"'))).to.deep.equal([400, 'request.malformed'])
    expect(await codes(json().send(JSON.stringify({ a: 'x'.repeat(1_100_000) })))).to.deep.equal([
      413,
      'request.too-large',
    ])
    expect(await codes(json().set('Content-Encoding', 'rot13').send('{}'))).to.deep.equal([400, 'request.media-type'])
    expect(await codes(supertest(web.app).get('/api/v1/instances/%E0%A4%A').set(bearer()))).to.deep.equal([
      400,
      'request.malformed',
    ])
  })

  it('takes operators and prototype keys as the plain wrong data they are', async () => {
    for (const text of [
      '{"workflow":{"$gt":""},"data":{}}',
      '{"workflow":"__proto__","data":{}}',
      '{"workflow":"request","data":{"__proto__":{"polluted":1},"unit":{"$ne":null}}}',
      '{"workflow":"request","data":{"constructor":{"prototype":{"polluted":1}}}}',
    ]) {
      const { status } = await post().type('json').send(text)
      expect(status, text).to.be.within(400, 422)
    }
    expect(({} as { polluted?: number }).polluted).to.equal(undefined)
  })

  it('answers "unavailable" when the database is away and "internal" for a defect, without a word of the cause', async () => {
    const failing = (error: Error) =>
      supertest(
        web.ask(
          {},
          { pages: () => ((_request: never, _response: never, next: (error: Error) => void) => next(error)) as never },
        ),
      ).get('/who')
    const away = await failing(Object.assign(new Error('connect 10.0.0.7'), { name: 'MongoServerSelectionError' }))
    expect([away.status, away.body.code]).to.deep.equal([503, 'storage.unavailable'])
    expect(away.headers['retry-after']).to.equal('5')
    const defect = await failing(new Error('secret detail of the cause'))
    expect([defect.status, defect.body.code]).to.deep.equal([500, 'internal'])
    expect(defect.text).not.to.include('secret detail').and.not.include('/src/')
  })

  it('is alive without its databases, and ready only with them', async () => {
    const app = web.ask({}, { ready: async () => ({ ok: false, checks: { redis: { ok: false, detail: 'evicts' } } }) })
    await supertest(app).get('/healthz').expect(200)
    const { status, body } = await supertest(app).get('/readyz')
    expect([status, body.checks.redis.ok]).to.deep.equal([503, false])
    const broken = web.ask({}, { ready: () => Promise.reject(new Error('down')) })
    await supertest(broken).get('/readyz').expect(503)
  })

  it('starts one process however often the same command comes at once', async () => {
    const key = crypto.randomUUID()
    const body = { workflow: 'request', data: { unit: 'unit-a', title: 'A desk', judges: [] } }
    const answers = await Promise.all(Array.from({ length: 50 }, () => post().set('Idempotency-Key', key).send(body)))
    expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]))
    expect(new Set(answers.map((answer) => answer.body.id)).size).to.equal(1)
    const other = await post()
      .set('Idempotency-Key', key)
      .send({ ...body, data: { ...body.data, title: 'A chair' } })
    expect([other.status, other.body.code]).to.deep.equal([422, 'idempotency.mismatch'])
  })
})

describe('server', () => {
  let web: Web
  before(async function () {
    needServices(this, 'MONGODB_URI')
    web = await startWeb()
  })
  after(() => web?.stop())

  it('cuts off whoever sends too slowly', async () => {
    const server = await listen(web.app, { port: 0, headersMs: 200, requestMs: 300 })
    const socket = connect(server.port, '127.0.0.1')
    socket.write(
      'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nabc',
    )
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (chunk) => (text += chunk))
      socket.on('close', () => resolve(text))
    })
    expect(answer).to.match(/^HTTP\/1\.1 (408|400)|^$/)
    await server.close(500)
  })

  it('lets what is under way finish before it stops', async () => {
    const app = web.ask(
      {},
      {
        pages: () =>
          ((_request: never, response: { end(text: string): void }) =>
            setTimeout(() => response.end('done'), 300)) as never,
      },
    )
    const server = await listen(app, { port: 0 })
    const answer = fetch(`http://127.0.0.1:${server.port}/slow`).then((response) => response.text())
    await new Promise((resolve) => setTimeout(resolve, 100))
    await server.close(5_000)
    expect(await answer).to.equal('done')
  })
})
