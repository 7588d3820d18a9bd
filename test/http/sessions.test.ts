import { expect } from 'chai'
import type { Express } from 'express'
import supertest, { type Response } from 'supertest'
import { needServices } from '../support/services.ts'
import { PASSWORD, startWeb, type Web } from './web.ts'

const cookiesOf = (response: Response): string[] => [response.headers['set-cookie'] ?? []].flat()
const jarOf = (response: Response) =>
  cookiesOf(response)
    .filter((cookie) => !/^[^;]*=;/.test(cookie))
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

describe('session', () => {
  let web: Web
  before(async function () {
    needServices(this, 'MONGODB_URI')
    web = await startWeb()
  })
  after(() => web?.stop())

  /** A stranger's form token and cookie. */
  async function visit(app: Express = web.app) {
    const first = await supertest(app).get('/who').set('x-forwarded-proto', 'https')
    return { cookie: jarOf(first), csrf: String(first.body.csrf), response: first }
  }

  async function signIn(form: Record<string, string>, app: Express = web.app) {
    const { cookie, csrf } = await visit(app)
    return supertest(app)
      .post('/sign-in')
      .type('form')
      .set('Cookie', cookie)
      .send({ _csrf: csrf, ...form })
  }

  async function signedIn() {
    const cookie = jarOf(await signIn({ persona: 'citra' }))
    const { body } = await supertest(web.app).get('/who').set('Cookie', cookie)
    return { cookie, csrf: String(body.csrf), who: body }
  }

  it('opens with one tap in the trial, and knows person and post afterwards', async () => {
    const { who } = await signedIn()
    expect(who.person._id).to.equal('citra')
    expect(who.actor.posts[0].keys).to.include('role:clerk@unit-a')
  })

  it('opens with name and password, and says no more than "wrong" otherwise', async () => {
    expect((await signIn({ username: 'citra', password: PASSWORD })).status).to.equal(303)
    const wrong = await signIn({ username: 'citra', password: 'wrong password here' })
    const unknown = await signIn({ username: 'nobody', password: 'wrong password here' })
    expect([wrong.status, wrong.body.code]).to.deep.equal([401, 'auth.bad-credentials'])
    expect([unknown.status, unknown.body.code, unknown.body.detail]).to.deep.equal([
      401,
      wrong.body.code,
      wrong.body.detail,
    ])
  })

  it('makes somebody wait who guesses again and again, and says how long', async () => {
    for (let round = 0; round < 5; round++) await signIn({ username: 'hadi', password: 'guess' })
    const waiting = await signIn({ username: 'hadi', password: 'guess' })
    expect([waiting.status, waiting.body.code]).to.deep.equal([429, 'auth.too-many-attempts'])
    expect(Number(waiting.headers['retry-after'])).to.be.within(1, 60)
  })

  it('takes no persona outside the trial', async () => {
    const refused = await signIn({ persona: 'citra' }, web.ask({ mode: 'production' }))
    expect(refused.status).to.equal(404)
  })

  it('is a cookie that scripts cannot read and other sites cannot send', async () => {
    const cookie = cookiesOf(await signIn({ persona: 'citra' })).find((each) => each.startsWith('mahakam=')) ?? ''
    expect(cookie)
      .to.match(/; HttpOnly/)
      .and.match(/; SameSite=Lax/)
      .and.match(/; Path=\//)
    expect(cookie).not.to.match(/Secure|Domain/)
  })

  it('is bound to the very host and to TLS where the office uses TLS', async () => {
    const app = web.ask({ baseUrl: 'https://mahakam.example' })
    const { cookie, csrf, response } = await visit(app)
    expect(response.headers['strict-transport-security']).to.match(/max-age=\d{7,}/)
    const answer = await supertest(app)
      .post('/sign-in')
      .type('form')
      .set('Cookie', cookie)
      .send({ _csrf: csrf, persona: 'citra' })
    expect(cookiesOf(answer).find((each) => each.startsWith('__Host-mahakam='))).to.match(/; Secure/)
  })

  it('has another secret after every sign-in, and none after sign-out', async () => {
    const { cookie, csrf } = await signedIn()
    const again = await supertest(web.app)
      .post('/sign-in')
      .type('form')
      .set('Cookie', cookie)
      .send({ _csrf: csrf, persona: 'hadi' })
    expect(jarOf(again)).not.to.equal(cookie)
    expect((await supertest(web.app).get('/who').set('Cookie', cookie)).body.person).to.equal(null)
    const second = await signedIn()
    await supertest(web.app)
      .post('/sign-out')
      .type('form')
      .set('Cookie', second.cookie)
      .send({ _csrf: second.csrf })
      .expect(303)
    expect((await supertest(web.app).get('/who').set('Cookie', second.cookie)).body.person).to.equal(null)
  })

  for (const next of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/a\r\nX-Evil: 1',
    '/\t/evil.example',
  ])
    it(`comes back to a path of ours, never to ${JSON.stringify(next)}`, async () => {
      const answer = await signIn({ persona: 'citra', next })
      expect(answer.headers.location).to.equal('/')
      expect(answer.headers).not.to.have.property('x-evil')
    })

  it('refuses forms without, with a stale or with somebody else’s token', async () => {
    const { cookie } = await signedIn()
    const other = await signedIn()
    for (const _csrf of [undefined, 'made-up', other.csrf]) {
      const refused = await supertest(web.app).post('/echo').type('form').set('Cookie', cookie).send({ _csrf })
      expect([refused.status, refused.body.code]).to.deep.equal([403, 'csrf.invalid'])
    }
  })

  it('refuses what another site sends, even with the right token', async () => {
    const { cookie, csrf } = await signedIn()
    const post = () => supertest(web.app).post('/echo').type('form').set('Cookie', cookie)
    for (const [name, value] of [
      ['Origin', 'https://evil.example'],
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Site', 'same-site'],
      ['Origin', 'null'],
    ] as const) {
      const refused = await post().set(name, value).send({ _csrf: csrf })
      expect([refused.status, refused.body.code], `${name}: ${value}`).to.deep.equal([403, 'csrf.foreign'])
    }
    await post()
      .set('Sec-Fetch-Site', 'same-origin')
      .set('Origin', 'http://127.0.0.1:3000')
      .send({ _csrf: csrf })
      .expect(200)
  })

  it('takes a form with files, its token inside and the names as they are written', async () => {
    const { cookie, csrf } = await signedIn()
    const post = () => supertest(web.app).post('/echo').set('Cookie', cookie)
    const name = 'Surat Undangan – Désa “Mahulu”.pdf'
    const taken = await post().field('_csrf', csrf).field('subject', 'x').attach('scan', Buffer.from('%PDF'), name)
    expect(taken.body.files).to.deep.equal([name])
    const refused = await post().field('subject', 'x').attach('scan', Buffer.from('%PDF'), name)
    expect(refused.body.code).to.equal('csrf.invalid')
    const large = await post().field('_csrf', csrf).attach('scan', Buffer.alloc(30_000), 'a.pdf')
    expect([large.status, large.body.code]).to.deep.equal([413, 'file.too-large'])
  })

  it('keeps the language chosen in this browser', async () => {
    const { cookie, csrf } = await signedIn()
    const answer = await supertest(web.app)
      .post('/language')
      .type('form')
      .set('Cookie', cookie)
      .send({ _csrf: csrf, language: 'en', next: '/letters?q=a' })
    expect(answer.headers.location).to.equal('/letters?q=a')
    const { body } = await supertest(web.app)
      .get('/who')
      .set('Cookie', `${cookie}; ${jarOf(answer)}`)
    expect(body.language).to.equal('en')
  })

  it('reads the API but never writes through it', async () => {
    const { cookie } = await signedIn()
    await supertest(web.app).get('/api/v1/workflows').set('Cookie', cookie).expect(200)
    const write = await supertest(web.app)
      .post('/api/v1/instances')
      .set('Cookie', cookie)
      .set('Idempotency-Key', 'k')
      .send({})
    expect([write.status, write.body.code]).to.deep.equal([401, 'session.token'])
  })
})
