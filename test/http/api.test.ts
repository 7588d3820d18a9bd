import { expect } from 'chai'
import { needServices } from '../support/services.ts'
import { key, type Name, openRig, type Rig } from './rig.ts'

const DATA = { unit: 'unit-a', title: 'A desk', judges: [] }

describe('API of instances', () => {
  let rig: Rig

  before(async function () {
    needServices(this, 'MONGODB_URI')
    rig = await openRig()
  })
  after(async () => rig?.stop())

  const start = (name: Name, body: object | string = { workflow: 'request', data: DATA }, idempotencyKey = key()) =>
    rig.as(name).post('/api/v1/instances').set('Idempotency-Key', idempotencyKey).send(body)
  const send = (name: Name, id: string, body: object, idempotencyKey = key()) =>
    rig.as(name).post(`/api/v1/instances/${id}/events`).set('Idempotency-Key', idempotencyKey).send(body)
  const begin = async (): Promise<{ id: string; revision: number }> => (await start('citra').expect(201)).body

  const tells = (answer: { status: number; type: string; body: { code?: string } }, status: number, code: string) => {
    expect({ status: answer.status, code: answer.body.code, type: answer.type }).to.deep.equal({
      status,
      code,
      type: 'application/problem+json',
    })
  }

  describe('starting', () => {
    it('answers with the instance after its quick steps, and where it is', async () => {
      const answer = await start('citra').expect(201)
      expect(answer.body).to.include({
        workflow: 'request',
        version: 1,
        status: 'active',
        state: 'review',
        output: null,
      })
      expect(answer.body).to.include({ parent: null, root: answer.body.id, endedAt: null })
      expect(answer.body.data.stamp).to.equal(7)
      expect(answer.body.summary.title).to.equal('A desk')
      expect(answer.body.tasks).to.have.length(1)
      expect(answer.body.tasks[0].for).to.deep.equal(['position:unit-a.head'])
      expect(answer.headers.location).to.equal(`/api/v1/instances/${answer.body.id}`)
      const again = await rig.as('citra').get(String(answer.headers.location)).expect(200)
      expect(again.body.id).to.equal(answer.body.id)
    })

    it('makes one instance of fifty same requests at once', async () => {
      const same = key()
      const answers = await Promise.all(Array.from({ length: 50 }, () => start('citra', undefined, same)))
      expect(new Set(answers.map(({ status }) => status))).to.deep.equal(new Set([201]))
      expect(new Set(answers.map(({ body }) => body.id)).size).to.equal(1)
    })

    it('refuses the same key with other content', async () => {
      const same = key()
      await start('citra', undefined, same).expect(201)
      tells(
        await start('citra', { workflow: 'request', data: { ...DATA, title: 'B' } }, same),
        422,
        'idempotency.mismatch',
      )
    })

    it('wants a key of visible characters, at most 200', async () => {
      const bare = await rig.as('citra').post('/api/v1/instances').send({ workflow: 'request', data: DATA })
      tells(bare, 400, 'idempotency.missing')
      tells(await start('citra', undefined, 'a b'), 400, 'idempotency.invalid')
      tells(await start('citra', undefined, 'x'.repeat(201)), 400, 'idempotency.invalid')
      await start('citra', undefined, 'x'.repeat(200)).expect(201)
    })

    it('refuses unknown workflows, other posts and data that do not fit', async () => {
      tells(await start('citra', { workflow: 'nothing', data: {} }), 404, 'workflow.not-found')
      tells(await start('sari'), 403, 'start.forbidden')
      const invalid = await start('citra', { workflow: 'request', data: { unit: 'unit-a', title: 3, judges: [] } })
      tells(invalid, 422, 'start.invalid')
      expect(invalid.body.issues[0].path).to.deep.equal(['title'])
      tells(
        await start('citra', { workflow: 'opinion', data: { judge: 'judge-1', title: 'x' } }),
        403,
        'start.forbidden',
      )
    })

    it('refuses bodies that are not what they should be', async () => {
      tells(await start('citra', { workflow: { $ne: '' }, data: DATA }), 400, 'request.invalid')
      tells(await start('citra', { workflow: 'request', data: DATA, more: 1 }), 400, 'request.invalid')
      tells(await start('citra', {}), 400, 'request.invalid')
      const raw = (body: string) =>
        rig
          .as('citra')
          .post('/api/v1/instances')
          .set({ 'Idempotency-Key': key(), 'Content-Type': 'application/json' })
          .send(body)
      tells(await raw('{"workflow":'), 400, 'request.malformed')
      tells(await raw('"text"'), 400, 'request.malformed')
      tells(await raw(JSON.stringify({ workflow: 'request', data: 'x'.repeat(1_100_000) })), 413, 'request.too-large')
    })

    it('takes operators and prototype keys as mere text', async () => {
      const poison =
        '{"workflow":"request","data":{"unit":"unit-a","title":"{ $gt: 1 }","judges":[],"__proto__":{"admin":true}}}'
      const answer = await rig
        .as('citra')
        .post('/api/v1/instances')
        .set({ 'Idempotency-Key': key(), 'Content-Type': 'application/json' })
        .send(poison)
        .expect(201)
      expect(answer.body.summary.title).to.equal('{ $gt: 1 }')
      expect(({} as { admin?: boolean }).admin).to.equal(undefined)
      const noObject = { workflow: 'request', data: { ...DATA, title: { $gt: '' } } }
      tells(await start('citra', noObject), 422, 'start.invalid')
    })
  })

  describe('sending', () => {
    it('moves the instance and gives the same answer for the same key', async () => {
      const { id } = await begin()
      const same = key()
      const done = await send('hadi', id, { type: 'GRANT', data: {} }, same).expect(200)
      expect(done.body).to.include({ status: 'done', state: 'granted' })
      expect(done.body.output).to.deep.equal({ stamp: 7 })
      const repeated = await send('hadi', id, { type: 'GRANT', data: {} }, same).expect(200)
      expect(repeated.body.revision).to.equal(done.body.revision)
      tells(await send('hadi', id, { type: 'GRANT', data: { note: 'other' } }, same), 422, 'idempotency.mismatch')
    })

    it('tells the loser of a race who decided and when', async () => {
      const { id, revision } = await begin()
      await send('hadi', id, { type: 'ASK', data: { judges: ['judge-1'] }, revision }).expect(200)
      const late = await send('hadi', id, { type: 'GRANT', data: {}, revision })
      tells(late, 409, 'instance.stale')
      expect(late.body).to.include({ decidedBy: 'hadi', decidedEvent: 'ASK' })
      expect(late.body.detail).to.match(/^Already decided by hadi \(Post unit-a\.head\) on .*20\d\d/)
    })

    it('refuses what is unknown, somebody else’s, invalid, not possible or not readable', async () => {
      const { id } = await begin()
      tells(await send('hadi', id, { type: 'NONSENSE' }), 422, 'event.unknown')
      tells(await send('hadi', id, { type: 'constructor' }), 422, 'event.unknown')
      tells(await send('citra', id, { type: 'GRANT' }), 403, 'event.forbidden')
      tells(await send('hadi', id, { type: 'ASK', data: { judges: [] } }), 422, 'event.invalid')
      tells(await send('sari', id, { type: 'GRANT' }), 404, 'instance.not-found')
      tells(await send('hadi', 'nothing', { type: 'GRANT' }), 404, 'instance.not-found')
      tells(await send('hadi', id, { type: 'GRANT', revision: '1' }), 400, 'request.invalid')
      tells(await send('hadi', id, { type: { $ne: 1 } }), 400, 'request.invalid')
      await send('hadi', id, { type: 'GRANT' }).expect(200)
      tells(await send('hadi', id, { type: 'GRANT' }), 409, 'instance.not-now')
    })

    it('gives a workflow’s own explanation in the reader’s language, with who holds it up', async () => {
      const { id } = await begin()
      await send('hadi', id, { type: 'ASK', data: { judges: ['judge-1'] } }).expect(200)
      const close = () => send('hadi', id, { type: 'CLOSE' })
      const english = await close()
      tells(english, 409, 'request.opinion-open')
      expect(english.body.detail).to.equal('An opinion is still open')
      expect(english.body.holders[0].holders[0]).to.include({ title: 'Post judge-1', name: 'joko' })
      const indonesian = await close().set('Accept-Language', 'id')
      expect(indonesian.body.detail).to.equal('Masih ada pendapat yang ditunggu')
    })
  })

  describe('reading', () => {
    it('shows an instance, its audit, offers and documents to its readers alone', async () => {
      const { id } = await begin()
      const paths = ['', '/audit', '/events', '/documents']
      for (const path of paths) {
        await rig.as('hadi').get(`/api/v1/instances/${id}${path}`).expect(200)
        tells(await rig.as('sari').get(`/api/v1/instances/${id}${path}`), 404, 'instance.not-found')
      }
      const { body: audit } = await rig.as('hadi').get(`/api/v1/instances/${id}/audit`)
      expect(audit.items.map(({ seq }: { seq: number }) => seq)).to.deep.equal([1, 2])
      expect(audit.items[1].previous).to.equal(audit.items[0].hash)
      const { body: offers } = await rig.as('hadi').get(`/api/v1/instances/${id}/events`)
      expect(offers.items.map(({ type }: { type: string }) => type)).to.deep.equal(['GRANT', 'ASK', 'CLOSE'])
      expect(offers.items[1].schema.required).to.deep.equal(['judges'])
      const { body: documents } = await rig.as('hadi').get(`/api/v1/instances/${id}/documents`)
      expect(documents).to.deep.equal({ items: [] })
    })

    it('pages through lists by cursor and refuses one it did not make', async () => {
      for (let count = 0; count < 3; count++) await begin()
      const first = await rig.as('citra').get('/api/v1/instances?workflow=request&limit=2').expect(200)
      expect(first.body.items).to.have.length(2)
      const { next } = first.body
      const second = await rig
        .as('citra')
        .get('/api/v1/instances')
        .query({ workflow: 'request', limit: 2, cursor: next })
      const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)
      expect(new Set(ids).size).to.equal(4)
      tells(await rig.as('citra').get('/api/v1/instances?cursor=abc'), 400, 'cursor.invalid')
      tells(await rig.as('citra').get('/api/v1/instances?limit=0'), 400, 'request.invalid')
      tells(await rig.as('citra').get('/api/v1/instances?status=lost'), 400, 'request.invalid')
      const none = await rig.as('sari').get('/api/v1/instances').expect(200)
      expect(none.body.items).to.deep.equal([])
      const operator = await rig.as('citra').get('/api/v1/instances?unit[$ne]=x').expect(200)
      expect(operator.body.items).to.not.be.empty
    })

    it('shows the tray of the post and counts it', async () => {
      const { id } = await begin()
      const pages: { instance: string; task: { title: { en: string } } }[] = []
      let cursor: string | undefined
      do {
        const { body } = await rig
          .as('hadi')
          .get('/api/v1/tasks')
          .query({ limit: 5, ...(cursor && { cursor }) })
        pages.push(...body.items)
        cursor = body.next ?? undefined
      } while (cursor)
      expect(pages.find(({ instance }) => instance === id)?.task.title.en).to.equal('Decide')
      const { body: me } = await rig.as('hadi').get('/api/v1/me').expect(200)
      expect(me).to.deep.include({ id: 'hadi', name: 'hadi', tasks: pages.length })
      expect(me.posts[0]).to.deep.equal({
        position: 'unit-a.head',
        title: 'Post unit-a.head',
        unit: 'unit-a',
        capacity: 'definitive',
      })
    })

    it('describes workflows as data: machine without functions, schemas of all events', async () => {
      const { body: list } = await rig.as('citra').get('/api/v1/workflows').expect(200)
      expect(list.items.map(({ id, mayStart }: { id: string; mayStart: boolean }) => [id, mayStart])).to.deep.equal([
        ['opinion', false],
        ['paper', true],
        ['request', true],
      ])
      const { body: one } = await rig.as('citra').get('/api/v1/workflows/request').expect(200)
      expect(one.machine.states.review.on.CLOSE).to.deep.equal({ target: 'closed', guard: 'allIn' })
      expect(one.machine.states.review.on.ASK.actions[0]).to.deep.equal({ type: 'xstate.assign' })
      expect(Object.keys(one.events)).to.deep.equal(['ASK', 'GRANT', 'CLOSE', 'WITHDRAW'])
      expect(one.start.properties.title).to.include({ type: 'string', maxLength: 100 })
      const { body: paper } = await rig.as('citra').get('/api/v1/workflows/paper').expect(200)
      expect(paper.machine.states.open.always.target).to.equal('ended')
      expect(paper.start.properties.scan.mahakam).to.equal('file')
      tells(await rig.as('citra').get('/api/v1/workflows/constructor'), 404, 'workflow.not-found')
    })

    it('asks for a token, and knows nothing at other addresses', async () => {
      tells(await rig.anybody.get('/api/v1/tasks'), 401, 'session.required')
      tells(
        await rig.anybody.get('/api/v1/tasks').set('Authorization', `Bearer mhk_${'x'.repeat(43)}`),
        401,
        'session.token',
      )
      tells(await rig.as('citra').get('/api/v1/nothing'), 404, 'route.not-found')
      tells(await rig.as('citra').delete('/api/v1/tasks'), 404, 'route.not-found')
      tells(await rig.as('citra').get('/api/v1/instances/%E0%A4%A'), 400, 'request.malformed')
    })
  })
})
