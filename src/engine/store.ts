import { LRUCache } from 'lru-cache'
import type { mongo } from 'mongoose'
import { type CommitResult, Committer } from './commit.ts'
import type { Decision } from './decide.ts'
import { createHistory, type History } from './history.ts'
import type { AuditEntry, Instance } from './instance.ts'
import { assertFits, auditBytes, instanceBytes } from './size.ts'

/** Instances kept in memory per process; a stale one is found by the compare-and-set, so no one need be told. */
const CACHED_MAX = 5_000
/** Of their form in the database; a few times that as objects. */
const CACHED_BYTES_MAX = 64 * 1024 * 1024
/** Entries kept inside the document; the older half moves to the audit collection beyond this. */
const AUDIT_INLINE_MAX = 200
const AUDIT_INLINE_BYTES_MAX = 2 * 1024 * 1024

export interface Store extends History {
  readonly instances: mongo.Collection<Instance>
  readonly history: mongo.Collection<AuditEntry>
  readonly committer: Committer
  /** Which life of the database this is; changes on every restore from backup. */
  readonly epoch: string
  /** The newest form known here, from memory if possible. */
  known(id: string): Promise<{ instance: Instance | null; fresh: boolean }>
  /** From the database. */
  fresh(id: string): Promise<Instance | null>
  /** @throws AppError instance.too-large before anything is written */
  commit(decision: Decision): Promise<CommitResult>
  release(instance: string, messageIds: readonly string[]): Promise<void>
}

async function prepare(db: mongo.Db): Promise<void> {
  const instances = db.collection<Instance>('instances')
  await instances.createIndexes([
    { key: { 'tasks.for': 1, priority: -1, waitingSince: 1, _id: 1 }, name: 'tray' },
    { key: { access: 1, startedAt: -1, _id: -1 }, name: 'readable' },
    { key: { access: 1, workflow: 1, startedAt: -1, _id: -1 }, name: 'readable-by-workflow' },
    { key: { root: 1, depth: 1, startedAt: 1 }, name: 'tree' },
    { key: { wakeAt: 1 }, name: 'wake', partialFilterExpression: { wakeAt: { $type: 'date' } } },
    { key: { updatedAt: 1, _id: 1 }, name: 'changes' },
    { key: { updatedAt: 1 }, name: 'troubled', partialFilterExpression: { problem: { $type: 'string' } } },
  ])
  await db.collection<AuditEntry>('audit').createIndexes([
    { key: { instance: 1, seq: 1 }, name: 'chain', unique: true },
    { key: { instance: 1, operation: 1 }, name: 'operation' },
  ])
}

async function epochOf(db: mongo.Db): Promise<string> {
  const settings = db.collection<{ _id: string; value: string }>('engine_settings')
  const epoch = await settings.findOneAndUpdate(
    { _id: 'epoch' },
    { $setOnInsert: { value: `e${Date.now().toString(36)}` } },
    { upsert: true, returnDocument: 'after' },
  )
  return epoch?.value ?? 'e0'
}

export async function createStore(db: mongo.Db): Promise<Store> {
  await prepare(db)
  const instances = db.collection<Instance>('instances')
  const history = db.collection<AuditEntry>('audit')
  const committer = new Committer(instances, history)
  const cache = new LRUCache<string, Instance>({
    max: CACHED_MAX,
    maxSize: CACHED_BYTES_MAX,
    sizeCalculation: instanceBytes,
  })

  async function fresh(id: string): Promise<Instance | null> {
    const instance = await instances.findOne({ _id: id }, { readConcern: { level: 'local' } })
    if (instance) cache.set(id, instance)
    else cache.delete(id)
    return instance
  }

  /** Copies the older half to the audit collection, then takes it out of the document; safe to repeat. */
  async function overflow(instance: Instance): Promise<void> {
    const older = instance.audit.slice(0, -Math.min(AUDIT_INLINE_MAX, instance.audit.length) / 2)
    if (older.length === 0) return
    const copies = older.map((entry) => ({
      updateOne: {
        filter: { instance: entry.instance, seq: entry.seq },
        update: { $setOnInsert: entry },
        upsert: true,
      },
    }))
    await history.bulkWrite(copies, { ordered: false, writeConcern: { w: 'majority', j: true } })
    const last = older.at(-1)?.seq ?? 0
    await committer.trim(instance._id, last)
    const current = cache.peek(instance._id)
    if (current) cache.set(instance._id, { ...current, audit: current.audit.filter((entry) => entry.seq > last) })
  }

  const moving = new Set<string>()
  function overflowInBackground(instance: Instance): void {
    const isShort = instance.audit.length <= AUDIT_INLINE_MAX && auditBytes(instance) <= AUDIT_INLINE_BYTES_MAX
    if (isShort || moving.has(instance._id)) return
    moving.add(instance._id)
    // A failure only leaves the entries where they are; the next commit tries again.
    overflow(instance)
      .catch(() => {})
      .finally(() => moving.delete(instance._id))
  }

  return {
    instances,
    history,
    committer,
    epoch: await epochOf(db),
    fresh,
    async known(id) {
      const cached = cache.get(id)
      return cached ? { instance: cached, fresh: false } : { instance: await fresh(id), fresh: true }
    },
    async commit(decision) {
      assertFits(decision.next, decision.entry)
      const result = await committer.commit(decision)
      if (result === 'committed') {
        cache.set(decision.next._id, decision.next)
        overflowInBackground(decision.next)
      } else cache.delete(decision.next._id)
      return result
    },
    async release(id, messageIds) {
      await committer.release(id, messageIds)
      const cached = cache.peek(id)
      if (cached) cache.set(id, { ...cached, messages: cached.messages.filter(({ id }) => !messageIds.includes(id)) })
    },
    ...createHistory(history),
  }
}
