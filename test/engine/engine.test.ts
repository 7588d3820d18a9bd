import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import mongoose from 'mongoose'
import { createEngine, type RunningEngine } from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { opinion, person, request, stampActivity } from './sample.ts'
import { wallCalendar } from './wall-calendar.ts'

const log = createLogger('silent', 'test')
const clerk = person('Citra', 'unit-a.clerk', 'unit-a', 'clerk')
const head = person('Hadi', 'unit-a.head', 'unit-a', 'head')
const judge = person('Joko', 'judge-1', 'unit-b')
const stranger = person('Sari', 'unit-c.staff', 'unit-c')

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )

describe('engine', function () {
  this.timeout(20_000)
  let connection: mongoose.Connection
  let engine: RunningEngine
  let now = new Date('2026-11-24T01:00:00Z')
  let stamps = 0
  const key = () => randomUUID()

  before(async function () {
    if (!process.env.MONGODB_URI) return this.skip()
    connection = await mongoose
      .createConnection(process.env.MONGODB_URI, { dbName: `t-${randomUUID().slice(0, 8)}` })
      .asPromise()
    engine = await createEngine({
      db: connection.db as mongoose.mongo.Db,
      workflows: [request, opinion],
      activities: [
        stampActivity(async (title) => {
          if (title === 'Jammed') throw new Error('no ink')
          return ++stamps
        }),
      ],
      log,
      calendarOf: () => wallCalendar,
      describeHolders: async (keys) => keys.map((title) => ({ title, name: 'somebody' })),
      clock: () => now,
      queue: null,
      worker: { connection: null },
    })
  })
  after(async () => {
    await engine?.stop()
    await connection?.dropDatabase()
    await connection?.close()
  })

  const begin = async () => {
    const data = { unit: 'unit-a', title: 'A desk', judges: [] }
    const { _id } = await engine.start({ workflow: 'request', data, actor: clerk, idempotencyKey: key() })
    return engine.settled(_id, clerk, 2_000)
  }

  it('runs an invoke as work and opens the next task', async () => {
    const instance = await begin()
    expect(instance.value).to.equal('review')
    expect(instance.context.stamp).to.be.a('number')
    const tray = await engine.tasks({ actor: head })
    expect(tray.items.map((item) => item.instance)).to.include(instance._id)
    expect(instance.timers).to.have.length(1)
  })

  it('refuses what is unknown, forbidden, invalid or not possible, each by its code and without a trace', async () => {
    const { _id, revision } = await begin()
    const send = (actor: typeof head, type: string, data: unknown = {}) =>
      engine.send({ instance: _id, type, data, actor, idempotencyKey: key() })
    expect(await codeOf(send(head, 'NONSENSE'))).to.equal('event.unknown')
    expect(await codeOf(send(clerk, 'GRANT'))).to.equal('event.forbidden')
    expect(await codeOf(send(head, 'WITHDRAW', { reason: 'because' }))).to.equal('event.forbidden')
    expect(await codeOf(send(stranger, 'GRANT'))).to.equal('instance.not-found')
    expect(await codeOf(send(head, 'ASK', { judges: [] }))).to.equal('event.invalid')
    const crowd = Array.from({ length: 250 }, (_judge, index) => `judge-${index}`)
    expect(await codeOf(send(head, 'ASK', { judges: crowd }))).to.equal('event.too-wide')
    expect(
      await codeOf(
        engine.start({
          workflow: 'request',
          data: { unit: 'unit-a', title: 'x', judges: [] },
          actor: head,
          idempotencyKey: key(),
        }),
      ),
    ).to.equal('start.forbidden')
    expect((await engine.read(_id, head)).revision).to.equal(revision)
  })

  it('lets one of two deciders win and tells the other who and when', async () => {
    const { _id } = await begin()
    const other = person('Wati', 'unit-a.head', 'unit-a')
    const outcomes = await Promise.allSettled(
      [head, other].map((actor) =>
        engine.send({ instance: _id, type: 'GRANT', data: {}, actor, idempotencyKey: key() }),
      ),
    )
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(lost).to.have.length(1)
    expect(lost[0]?.reason.code).to.equal('instance.not-now')
    expect(lost[0]?.reason.details.decidedBy).to.be.oneOf(['Hadi', 'Wati'])
    expect(lost[0]?.reason.details.decidedAt).to.be.instanceOf(Date)
  })

  it('refuses a decision on a form that somebody else has overtaken', async () => {
    const { _id, revision } = await begin()
    await engine.send({ instance: _id, type: 'ASK', data: { judges: ['judge-1'] }, actor: head, idempotencyKey: key() })
    const late = engine.send({
      instance: _id,
      type: 'ASK',
      data: { judges: ['judge-2'] },
      actor: head,
      idempotencyKey: key(),
      revision,
    })
    expect(await codeOf(late)).to.equal('instance.stale')
  })

  it('answers the same command once, however often it comes', async () => {
    const again = key()
    const data = { unit: 'unit-a', title: 'Once', judges: [] }
    const started = await Promise.all(
      Array.from({ length: 20 }, () =>
        engine.start({ workflow: 'request', data, actor: clerk, idempotencyKey: again }),
      ),
    )
    expect(new Set(started.map((instance) => instance._id)).size).to.equal(1)
    const { _id } = await engine.settled(started[0]?._id ?? '', clerk, 2_000)
    const once = key()
    const command = { instance: _id, type: 'ASK', data: { judges: ['judge-1'] }, actor: head, idempotencyKey: once }
    await Promise.all(Array.from({ length: 10 }, () => engine.send(command)))
    const audit = await engine.audit(_id, head)
    expect(audit.filter((entry) => entry.event === 'ASK')).to.have.length(1)
    expect(await codeOf(engine.send({ ...command, data: { judges: ['judge-9'] } }))).to.equal('idempotency.mismatch')
    expect(
      await codeOf(
        engine.start({ workflow: 'request', data: { ...data, title: 'Other' }, actor: clerk, idempotencyKey: again }),
      ),
    ).to.equal('idempotency.mismatch')
  })

  it('starts children, names who holds them, and takes their answers back', async () => {
    const { _id } = await begin()
    await engine.send({
      instance: _id,
      type: 'ASK',
      data: { judges: ['judge-1', 'judge-2'] },
      actor: head,
      idempotencyKey: key(),
    })
    await engine.settled(_id, head, 2_000)
    const [, first, second] = await engine.tree(_id, head)
    expect(first?.parent?.instance).to.equal(_id)
    const close = () => engine.send({ instance: _id, type: 'CLOSE', data: {}, actor: head, idempotencyKey: key() })
    const refusal = await close().catch((error) => error)
    expect(refusal.code).to.equal('request.opinion-open')
    expect(refusal.details.holders).to.have.length(2)
    const seen = await engine.see({ instance: first?._id ?? '', actor: judge })
    expect(seen.value).to.deep.equal({ asked: 'read' })
    for (const [child, actor] of [
      [first, judge],
      [second, person('Rina', 'judge-2', 'unit-b')],
    ] as const)
      await engine.send({
        instance: child?._id ?? '',
        type: 'ANSWER',
        data: { opinion: 'yes' },
        actor,
        idempotencyKey: key(),
      })
    await engine.settled(second?._id ?? '', head, 2_000)
    await engine.settled(first?._id ?? '', head, 2_000)
    expect((await close()).status).to.equal('done')
    for (const instance of await engine.tree(_id, head)) {
      expect(instance.status).to.equal('done')
      expect(instance.messages).to.deep.equal([])
      expect((await engine.verify(instance._id)).valid).to.equal(true)
    }
    expect((await engine.read(_id, judge))._id).to.equal(_id)
  })

  it('stops the children of a request that is withdrawn', async () => {
    const { _id } = await begin()
    await engine.send({ instance: _id, type: 'ASK', data: { judges: ['judge-1'] }, actor: head, idempotencyKey: key() })
    await engine.settled(_id, head, 2_000)
    await engine.send({
      instance: _id,
      type: 'WITHDRAW',
      data: { reason: 'no need' },
      actor: clerk,
      idempotencyKey: key(),
    })
    await engine.settled(_id, head, 2_000)
    const [root, child] = await engine.tree(_id, head)
    expect([root?.status, child?.status]).to.deep.equal(['done', 'stopped'])
    expect(child?.tasks).to.deep.equal([])
  })

  it('fires an overdue timer once, whatever was off when it fell due', async () => {
    const { _id, timers } = await begin()
    expect(timers[0]?.dueAt.getTime()).to.equal(now.getTime() + 4 * 3_600_000)
    now = new Date(now.getTime() + 50 * 3_600_000)
    await Promise.all([engine.sweep(), engine.sweep(), engine.sweep()])
    await engine.sweep()
    const instance = await engine.read(_id, head)
    expect(instance.context.reminded).to.equal(1)
    expect(instance.timers).to.deep.equal([])
  })

  it('takes the error way after the last try', async () => {
    const data = { unit: 'unit-a', title: 'Jammed', judges: [] }
    const { _id } = await engine.start({ workflow: 'request', data, actor: clerk, idempotencyKey: key() })
    for (let round = 0; round < 4; round++) {
      await engine.settled(_id, clerk, 200)
      now = new Date(now.getTime() + 120_000)
      await engine.sweep()
    }
    const instance = await engine.settled(_id, clerk, 2_000)
    expect(instance.value).to.equal('failed')
    expect((await engine.audit(_id, clerk)).filter((entry) => entry.kind === 'activity')).to.have.length(1)
  })

  it('finds a changed entry by the chain', async () => {
    const { _id } = await begin()
    expect((await engine.verify(_id)).valid).to.equal(true)
    await connection
      .collection('instances')
      .updateOne({ _id: _id as never }, { $set: { 'audit.0.data.title': 'Other' } })
    expect(await engine.verify(_id)).to.deep.include({ valid: false, firstBad: 1 })
  })

  it('adds up: the spans between entries make the whole', async () => {
    const { _id, startedAt } = await begin()
    now = new Date(now.getTime() + 7_000)
    const done = await engine.send({ instance: _id, type: 'GRANT', data: {}, actor: head, idempotencyKey: key() })
    const audit = await engine.audit(_id, head)
    const sum = audit.reduce((total, entry) => total + entry.wallMs, 0)
    expect(sum).to.equal((done.endedAt?.getTime() ?? 0) - startedAt.getTime())
  })
})
