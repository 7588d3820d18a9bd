import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type { AuditEntry, Instance } from '../../src/engine/index.ts'
import { needServices } from '../support/services.ts'
import { BranchOffices, type Reply } from './branch-offices.ts'
import { eventually, expectOrder, requestOpinions } from './crowd.ts'
import { clerk, head, type Office, openOffice } from './office.ts'
import { opinion, request, stampActivity } from './sample.ts'

const CROWD = 40
const KILLS = 3

describe('two processes', function () {
  this.timeout(60_000)
  let observer: Office
  let offices: BranchOffices

  before(async function () {
    needServices(this, 'MONGODB_URI')
    observer = await openOffice({ workflows: [request, opinion], activities: [stampActivity(async () => 0)] })
    // The observer only looks: its clock stands far back, so nothing is ever due to it.
    observer.time.now = new Date('2020-01-01T00:00:00Z')
    offices = new BranchOffices(observer.db.databaseName)
    await Promise.all([offices.open(), offices.open()])
  })
  after(async () => {
    offices?.close()
    await observer?.close()
  })

  const refusals = (replies: Reply[]) => replies.flatMap((reply) => ('code' in reply ? reply.code : []))
  const begin = async () => {
    const data = { unit: 'unit-a', title: 'Once', judges: [] }
    const command = { start: { workflow: 'request', data, actor: clerk, idempotencyKey: randomUUID() } }
    const replies = await Promise.all(Array.from({ length: 50 }, () => offices.ask(command)))
    return { command, replies }
  }

  it('start one instance, though the same command comes fifty times at once', async () => {
    const { command, replies } = await begin()
    expect(refusals(replies)).to.deep.equal([])
    expect(new Set(replies.map((reply) => 'id' in reply && reply.id)).size).to.equal(1)
    const other = { start: { ...command.start, data: { ...command.start.data, title: 'Other' } } }
    expect(refusals(await Promise.all([offices.ask(other), offices.ask(other)]))).to.deep.equal([
      'idempotency.mismatch',
      'idempotency.mismatch',
    ])
  })

  it('apply one decision, though the same command comes fifty times at once', async () => {
    const id = await offices.insist((await begin()).command)
    const instances = observer.db.collection<Instance>('instances')
    await eventually('the stamp', () => instances.findOne({ _id: id, value: 'review' as never }))
    const send = { instance: id, type: 'ASK', data: { judges: ['judge-1'] }, actor: head, idempotencyKey: randomUUID() }
    const replies = await Promise.all(Array.from({ length: 50 }, () => offices.ask({ send })))
    expect(refusals(replies)).to.deep.equal([])
    const asked = (await observer.document(id)).audit.filter((entry: AuditEntry) => entry.event === 'ASK')
    expect(asked).to.have.length(1)
    const other = { send: { ...send, data: { judges: ['judge-2'] } } }
    expect(refusals([await offices.ask(other), await offices.ask(other)])).to.deep.equal([
      'idempotency.mismatch',
      'idempotency.mismatch',
    ])
    await offices.insist({ send: { ...send, type: 'WITHDRAW', data: { reason: 'enough' }, actor: clerk } })
    await observer.db.collection('instances').deleteMany({ root: id as never })
  })

  it('refuse from the newest form, and take the same key again once it is possible', async () => {
    const id = await offices.insist((await begin()).command)
    const instances = observer.db.collection<Instance>('instances')
    await eventually('the stamp', () => instances.findOne({ _id: id, value: 'review' as never }))
    const ask = (type: string, data: unknown, more: object = {}) => ({
      send: { instance: id, type, data, actor: head, idempotencyKey: randomUUID(), ...more },
    })
    await offices.insist(ask('ASK', { judges: ['judge-1'] }))
    const close = ask('CLOSE', {})
    // Both processes know the instance now, one of them from before the question.
    expect(refusals([await offices.ask(close), await offices.ask(close)])).to.deep.equal([
      'request.opinion-open',
      'request.opinion-open',
    ])
    const before = await observer.document(id)
    expect(before.audit.some((entry: AuditEntry) => entry.event === 'CLOSE')).to.equal(false)
    const child = await eventually('the question', () => instances.findOne({ root: id, depth: 1 }))
    const judge = { person: 'J', name: 'J', posts: [{ ...head.posts[0], keys: ['position:judge-1'] }] }
    const answer = ask('ANSWER', { opinion: 'yes' }, { instance: child._id, actor: judge })
    await offices.insist(answer)
    await eventually('the answer', async () =>
      (await observer.document(id)).audit.some((entry: AuditEntry) => entry.kind === 'child'),
    )
    expect(refusals([await offices.ask(close), await offices.ask(close)])).to.deep.equal([])
    expect(refusals([await offices.ask(ask('GRANT', {})), await offices.ask(ask('GRANT', {}))])).to.deep.equal([
      'instance.not-now',
      'instance.not-now',
    ])
    await observer.db.collection('instances').deleteMany({})
  })

  it('lose nothing and do nothing twice when they are killed in the middle of a crowd', async () => {
    const crowd = Promise.all(Array.from({ length: CROWD }, () => requestOpinions(offices, observer.db)))
    let isOver = false
    const over = crowd.finally(() => {
      isOver = true
    })
    for (let kill = 0; kill < KILLS && !isOver; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 150 + Math.random() * 400))
      await offices.replaceOldest()
    }
    const ids = await over
    await expectOrder(observer.db, (id) => observer.engine.verify(id))
    expect(await observer.db.collection('instances').countDocuments({})).to.equal(3 * ids.length)
  })
})
