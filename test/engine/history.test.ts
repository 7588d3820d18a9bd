import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import mongoose from 'mongoose'
import { admit } from '../../src/engine/admit.ts'
import { Commands } from '../../src/engine/commands.ts'
import type { AuditEntry, RunningEngine } from '../../src/engine/index.ts'
import { createRegistry } from '../../src/engine/registry.ts'
import { createStore, type Store } from '../../src/engine/store.ts'
import { createLogger } from '../../src/platform/index.ts'
import { needServices } from '../support/services.ts'
import { eventually } from './crowd.ts'
import { ledger, slowFetch } from './ledger.ts'
import { clerk, codeOf, head, type Office, openOffice } from './office.ts'
import { wallCalendar } from './wall-calendar.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('history', function () {
  this.timeout(60_000)
  const slow = slowFetch()
  let office: Office
  let second: RunningEngine

  before(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice({ workflows: [ledger], activities: [slow.fetch] })
    second = await office.another()
  })
  after(() => office?.close())

  /** The engine's own door for answers, without a queue that would have to deliver them twice by chance. */
  const commandsOf = (store: Store) =>
    new Commands({
      store,
      registry: createRegistry([ledger], new Map([['fetch', slow.fetch]])),
      calendarOf: () => wallCalendar,
      clock: () => office.time.now,
      log: createLogger('silent', 'test'),
      mayRead: async () => true,
      holdersBelow: async () => [],
      committed: () => {},
    })

  const begin = async () => (await office.start('ledger', { unit: 'unit-a' }))._id
  const add = (engine: RunningEngine, instance: string, n: number, idempotencyKey: string = randomUUID()) =>
    engine.send({ instance, type: 'ADD', data: { n }, actor: head, idempotencyKey })
  const expectSeamless = async (id: string, count: number) => {
    for (const engine of [office.engine, second]) {
      const audit = await engine.audit(id, clerk)
      expect(audit.map((entry) => entry.seq)).to.deep.equal(numbers(count))
      expect(await engine.verify(id)).to.deep.equal({ entries: count, valid: true, firstBad: null })
    }
  }

  it('is one, though two processes write it and both move its older part away', async () => {
    const id = await begin()
    await Promise.all(
      [office.engine, second].map(async (engine) => {
        for (const n of numbers(160)) await add(engine, id, n)
      }),
    )
    await office.engine.idle()
    const document = await office.document(id)
    expect(document.auditCount).to.equal(321)
    expect(document.revision).to.equal(321)
    expect(document.context.sum).to.equal(160 * 161)
    await eventually('the move', async () => (await office.document(id)).audit.length <= 200)
    await expectSeamless(id, 321)
  })

  it('loses no entry when a process dies between the copy and the removal', async () => {
    const id = await begin()
    for (const n of numbers(150)) await add(office.engine, id, n)
    const { audit } = await office.document(id)
    await office.db.collection('audit').insertMany(audit.slice(0, 120).map((entry) => ({ ...entry })) as never[])
    await expectSeamless(id, 151)
    for (const n of numbers(120)) await add(n % 2 ? second : office.engine, id, n)
    await office.engine.idle()
    await expectSeamless(id, 271)
    expect(await office.db.collection('audit').countDocuments({ instance: id })).to.be.lessThan(272)
  })

  it('still answers the oldest command, and stays far below the limit, after hundreds of entries', async () => {
    const id = await begin()
    const first = randomUUID()
    await add(office.engine, id, 1, first)
    for (const n of numbers(300)) await add(office.engine, id, n)
    await office.engine.idle()
    const document = await office.document(id)
    expect(document.auditCount).to.equal(302)
    expect(mongoose.mongo.BSON.calculateObjectSize(document as unknown as mongoose.mongo.Document)).to.be.lessThan(
      400_000,
    )
    for (const engine of [office.engine, second]) {
      expect((await add(engine, id, 1, first)).auditCount).to.equal(302)
      expect(await codeOf(add(engine, id, 2, first))).to.equal('idempotency.mismatch')
    }
    expect((await office.document(id)).context.sum).to.equal(1 + 150 * 301)
    await expectSeamless(id, 302)
  })

  it('knows an answer that comes again, also when its entry has long moved away', async () => {
    const id = await begin()
    await office.send(id, 'FETCH')
    const { messages } = await office.document(id)
    await slow.letGo()
    await office.engine.idle()
    for (const n of numbers(230)) await add(office.engine, id, n)
    await office.engine.idle()
    const before = await eventually('the move', async () => {
      const document = await office.document(id)
      return document.audit.some((entry: AuditEntry) => entry.kind === 'activity') ? null : document
    })
    const store = await createStore(office.db)
    const commands = commandsOf(store)
    const answered = { message: messages[0]?.id ?? '', name: 'fetch', answer: { ok: true, output: null } } as const
    for (let times = 0; times < 3; times++) await admit({ store, commands }, id, answered)
    const { auditCount, revision, context } = await office.document(id)
    expect([auditCount, revision, context]).to.deep.equal([before.auditCount, before.revision, before.context])
  })

  it('notes an answer whose state was left once, and the machine does not see it', async () => {
    const id = await begin()
    await office.send(id, 'FETCH')
    await slow.begun()
    await office.send(id, 'LEAVE')
    await slow.letGo()
    await office.engine.idle()
    const document = await office.document(id)
    expect([document.value, document.context.fetched, document.messages]).to.deep.equal(['open', 0, []])
    expect(document.audit.map(({ kind }: AuditEntry) => kind)).to.deep.equal([
      'start',
      'event',
      'event',
      'refused-answer',
    ])
  })
})
