import { expect } from 'chai'
import type { mongo } from 'mongoose'
import { Committer } from '../../src/engine/commit.ts'
import type { Decision } from '../../src/engine/decide.ts'
import type { AuditEntry, Instance } from '../../src/engine/index.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'

let hashes = 0

/** As much of a decision as a write looks at. */
function decision(id: string, before: number, context: object = {}): Decision {
  const entry = { instance: id, seq: before + 1, hash: `h${++hashes}`, kind: 'event' } as AuditEntry
  const at = (revision: number) => ({ _id: id, revision, context, access: [], audit: [], messages: [], timers: [] })
  return {
    before: before === 0 ? null : (at(before) as unknown as Instance),
    next: { ...at(before + 1), audit: [entry], context: { ...context } } as unknown as Instance,
    entry,
    emitted: [],
  }
}

describe('group commit', function () {
  this.timeout(20_000)
  let database: FreshDatabase
  let committer: Committer
  let instances: mongo.Collection<Instance>
  let history: mongo.Collection<AuditEntry>

  before(async function () {
    needServices(this, 'MONGODB_URI')
    database = await freshDatabase()
    const db = database.connection.db as mongo.Db
    instances = db.collection<Instance>('instances')
    history = db.collection<AuditEntry>('audit')
    committer = new Committer(instances, history)
  })
  after(() => database?.drop())

  const codeOf = (result: Promise<unknown>) =>
    result.catch((error: { code?: string; name: string }) => String(error.code ?? error.name))

  it('gives each of a batch its own answer: new, there already, won, lost, quiet', async () => {
    await Promise.all(['a', 'b'].map((id) => committer.commit(decision(id, 0))))
    const answers = await Promise.all([
      committer.commit(decision('a', 0)),
      committer.commit(decision('c', 0)),
      committer.commit(decision('c', 0)),
      committer.commit(decision('b', 1)),
      committer.commit(decision('b', 1)),
      committer.commit(decision('a', 7)),
      committer.release('a', ['none']),
    ])
    expect(answers).to.deep.equal(['exists', 'committed', 'exists', 'committed', 'lost', 'lost', undefined])
  })

  it('does not let a write that cannot be encoded, or is too large, take its neighbours along', async () => {
    const answers = await Promise.all([
      codeOf(committer.commit(decision('d', 0))),
      codeOf(committer.commit(decision('e', 0, { 'nul\0': 1 }))),
      codeOf(committer.commit(decision('f', 0, { big: 'x'.repeat(17_000_000) }))),
      codeOf(committer.commit(decision('b', 2))),
      codeOf(committer.release('b', ['none'])),
    ])
    expect(answers[0]).to.equal('committed')
    expect(answers.slice(1, 3)).not.to.include('committed')
    expect(answers.slice(3)).to.deep.equal(['committed', undefined])
    expect(await instances.countDocuments({ _id: { $in: ['e', 'f'] } })).to.equal(0)
  })

  it('knows its own write although the entry has moved to the history meanwhile', async () => {
    const won = decision('c', 1)
    const moved = { ...won.entry }
    await instances.updateOne(
      { _id: 'c' },
      { $set: { audit: [{ seq: 300, hash: 'later' } as AuditEntry], revision: 300 } },
    )
    await history.insertOne(moved)
    expect(await committer.commit(won)).to.equal('committed')
    expect(await committer.commit(decision('c', 1))).to.equal('lost')
  })
})
