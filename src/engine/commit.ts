import type { mongo } from 'mongoose'
import { unavailable } from '../platform/index.ts'
import type { Decision } from './decide.ts'
import type { Instance, Message } from './instance.ts'

/** Operations in one bulk write; more wait for the next. */
const BATCH_MAX = 64
/** Waiting commits beyond which new ones are refused rather than queued for ever. */
const QUEUE_MAX = 10_000

export type CommitResult = 'committed' | 'lost' | 'exists'

interface Waiting {
  operation: mongo.AnyBulkWriteOperation<Instance>
  /** For telling a lost race from a won one: the entry's hash, null for quiet writes. */
  instance: string
  hash: string | null
  isInsert: boolean
  resolve(result: CommitResult): void
  reject(error: unknown): void
}

/** The only code that writes instances. */
export interface Committer {
  /** One atomic write: the instance at `revision - 1` becomes the next, or nothing happens (`lost`, `exists`). */
  commit(decision: Decision): Promise<CommitResult>
  /** Takes done outbox rows away; repeatable, moves no revision. */
  release(instance: string, messageIds: readonly string[]): Promise<void>
  /** Notes a failed try or a new offer time on an open row. */
  reschedule(
    instance: string,
    messages: readonly Pick<Message, 'id' | 'offerAt' | 'tries' | 'lastError'>[],
  ): Promise<void>
  grant(instance: string, keys: readonly string[]): Promise<void>
  /** Takes audit entries up to `seq` out of the document, once they are safe elsewhere. */
  trim(instance: string, seq: number): Promise<void>
  /** Resolves when nothing is queued or in flight. */
  idle(): Promise<void>
}

/** Changed top-level fields only; the audit grows by push, access by set union, so nobody overwrites another's. */
function updateOf({ before, next, entry }: Decision & { before: Instance }): mongo.AnyBulkWriteOperation<Instance> {
  const changed: Record<string, unknown> = {}
  for (const key of Object.keys(next) as (keyof Instance)[]) {
    if (key === 'audit' || key === 'access' || key === '_id') continue
    if (next[key] !== before[key]) changed[key] = next[key]
  }
  const added = next.access.filter((key) => !before.access.includes(key))
  return {
    updateOne: {
      filter: { _id: next._id, revision: before.revision },
      update: {
        $set: changed,
        $push: { audit: entry },
        ...(added.length > 0 && { $addToSet: { access: { $each: added } } }),
      },
    },
  }
}

const operationOf = (decision: Decision): mongo.AnyBulkWriteOperation<Instance> =>
  decision.before === null
    ? { insertOne: { document: decision.next } }
    : updateOf({ ...decision, before: decision.before })

/** The rows' earliest time is recomputed in the same write, so that the sweepers' index stays true. */
const withWakeAt = [
  { $set: { wakeAt: { $min: [{ $min: '$messages.offerAt' }, { $min: '$timers.dueAt' }] } } },
  { $set: { wakeAt: { $ifNull: ['$wakeAt', null] } } },
]

const releaseOf = (instance: string, ids: readonly string[]): mongo.AnyBulkWriteOperation<Instance> => ({
  updateOne: {
    filter: { _id: instance },
    update: [
      { $set: { messages: { $filter: { input: '$messages', cond: { $not: { $in: ['$$this.id', [...ids]] } } } } } },
      ...withWakeAt,
    ],
  },
})

function rescheduleOf(
  instance: string,
  rows: readonly Pick<Message, 'id' | 'offerAt' | 'tries' | 'lastError'>[],
): mongo.AnyBulkWriteOperation<Instance> {
  const branches = rows.map(({ id, offerAt, tries, lastError }) => ({
    case: { $eq: ['$$this.id', id] },
    // biome-ignore lint/suspicious/noThenProperty: the aggregation language says so
    then: { $mergeObjects: ['$$this', { offerAt, tries, lastError: { $literal: lastError } }] },
  }))
  const messages = { $map: { input: '$messages', in: { $switch: { branches, default: '$$this' } } } }
  return { updateOne: { filter: { _id: instance }, update: [{ $set: { messages } }, ...withWakeAt] } }
}

/**
 * Group commit: one unordered bulk write in flight, taking whatever queued while the last one ran. Majority-committed
 * and journaled; each decision stays its own atomic compare-and-set.
 */
export function createCommitter(instances: mongo.Collection<Instance>): Committer {
  let queue: Waiting[] = []
  let running: Promise<void> | null = null

  async function findLosers(batch: readonly Waiting[]): Promise<Set<Waiting>> {
    const decided = batch.filter((waiting) => waiting.hash !== null)
    const hashes = decided.map((waiting) => waiting.hash as string)
    const ids = decided.map((waiting) => waiting.instance)
    const found = await instances
      .find({ _id: { $in: ids }, 'audit.hash': { $in: hashes } }, { projection: { 'audit.hash': 1 } })
      .toArray()
    const present = new Set(found.flatMap((instance) => instance.audit.map((entry) => entry.hash)))
    return new Set(decided.filter((waiting) => !present.has(waiting.hash as string)))
  }

  async function answer(batch: readonly Waiting[]): Promise<void> {
    const losers = await findLosers(batch)
    for (const waiting of batch)
      waiting.resolve(losers.has(waiting) ? (waiting.isInsert ? 'exists' : 'lost') : 'committed')
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const operations = batch.map((waiting) => waiting.operation)
      const { matchedCount, insertedCount } = await instances.bulkWrite(operations, {
        ordered: false,
        writeConcern: { w: 'majority', j: true },
      })
      if (matchedCount + insertedCount === batch.length) for (const waiting of batch) waiting.resolve('committed')
      else await answer(batch)
    } catch (error) {
      await recover(batch, error)
    }
  }

  /** Duplicate inserts or an unknown outcome: the entries' own hashes tell what really happened. */
  async function recover(batch: readonly Waiting[], cause: unknown): Promise<void> {
    const isDuplicate = (cause as { code?: number }).code === 11000
    try {
      const losers = await findLosers(batch)
      for (const waiting of batch) {
        if (!losers.has(waiting) && (waiting.hash !== null || isDuplicate)) waiting.resolve('committed')
        else if (isDuplicate && waiting.isInsert) waiting.resolve('exists')
        else if (isDuplicate) waiting.resolve('lost')
        else waiting.reject(unavailable('storage.unavailable', 'the write did not reach the database', { cause }))
      }
    } catch {
      for (const waiting of batch)
        waiting.reject(unavailable('storage.unavailable', 'the database does not answer', { cause }))
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH_MAX)
      queue = queue.slice(batch.length)
      await write(batch)
    }
    running = null
  }

  function enqueue(
    operation: mongo.AnyBulkWriteOperation<Instance>,
    about: Pick<Waiting, 'instance' | 'hash' | 'isInsert'>,
  ) {
    if (queue.length >= QUEUE_MAX)
      return Promise.reject(
        unavailable('storage.busy', 'too many commits are waiting', { details: { queue: QUEUE_MAX } }),
      )
    const result = new Promise<CommitResult>((resolve, reject) => {
      queue.push({ operation, ...about, resolve, reject })
    })
    running ??= drain()
    return result
  }

  const quietly = async (instance: string, operation: mongo.AnyBulkWriteOperation<Instance>) => {
    await enqueue(operation, { instance, hash: null, isInsert: false })
  }

  return {
    commit: (decision) =>
      enqueue(operationOf(decision), {
        instance: decision.next._id,
        hash: decision.entry.hash,
        isInsert: decision.before === null,
      }),
    release: (instance, ids) => quietly(instance, releaseOf(instance, ids)),
    reschedule: (instance, rows) => quietly(instance, rescheduleOf(instance, rows)),
    grant: (instance, keys) =>
      quietly(instance, {
        updateOne: { filter: { _id: instance }, update: { $addToSet: { access: { $each: [...keys] } } } },
      }),
    trim: (instance, seq) =>
      quietly(instance, {
        updateOne: { filter: { _id: instance }, update: { $pull: { audit: { seq: { $lte: seq } } } } },
      }),
    idle: async () => {
      while (running) await running
    },
  }
}
