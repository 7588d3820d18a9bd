import type { mongo } from 'mongoose'
import { unavailable } from '../platform/index.ts'
import type { Decision } from './decide.ts'
import type { Instance, Message } from './instance.ts'

/** Operations in one bulk write; more wait for the next. */
const BATCH_MAX = 64
/** Waiting commits beyond which new ones are refused rather than queued for ever. */
const QUEUE_MAX = 10_000

const DURABLY = { ordered: false, writeConcern: { w: 'majority', j: true } } as const
const DUPLICATE_KEY = 11000

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

type Rescheduled = Pick<Message, 'id' | 'offerAt' | 'tries' | 'lastError'>

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

function rescheduleOf(instance: string, rows: readonly Rescheduled[]): mongo.AnyBulkWriteOperation<Instance> {
  const branches = rows.map(({ id, offerAt, tries, lastError }) => ({
    case: { $eq: ['$$this.id', id] },
    // biome-ignore lint/suspicious/noThenProperty: the aggregation language says so
    then: { $mergeObjects: ['$$this', { offerAt, tries, lastError: { $literal: lastError } }] },
  }))
  const messages = { $map: { input: '$messages', in: { $switch: { branches, default: '$$this' } } } }
  return { updateOne: { filter: { _id: instance }, update: [{ $set: { messages } }, ...withWakeAt] } }
}

/**
 * The only code that writes instances. Group commit: one unordered bulk write in flight, taking whatever queued while
 * the last one ran. Majority-committed and journaled; each decision stays its own atomic compare-and-set.
 */
export class Committer {
  readonly #instances: mongo.Collection<Instance>
  #queue: Waiting[] = []
  #running: Promise<void> | null = null

  constructor(instances: mongo.Collection<Instance>) {
    this.#instances = instances
  }

  /** One atomic write: the instance at its revision becomes the next, or nothing happens (`lost`, `exists`). */
  commit(decision: Decision): Promise<CommitResult> {
    const { before, next, entry } = decision
    return this.#enqueue({
      operation: operationOf(decision),
      instance: next._id,
      hash: entry.hash,
      isInsert: before === null,
    })
  }

  /** Takes done outbox rows away; repeatable, moves no revision. */
  release(instance: string, messageIds: readonly string[]): Promise<void> {
    return this.#quietly(instance, releaseOf(instance, messageIds))
  }

  /** Notes a failed try or a new offer time on open rows. */
  reschedule(instance: string, rows: readonly Rescheduled[]): Promise<void> {
    return this.#quietly(instance, rescheduleOf(instance, rows))
  }

  /** Lets the holders of `keys` read the instance. */
  grant(instance: string, keys: readonly string[]): Promise<void> {
    const update = { $addToSet: { access: { $each: [...keys] } } }
    return this.#quietly(instance, { updateOne: { filter: { _id: instance }, update } })
  }

  /** Takes audit entries up to `seq` out of the document, once they are safe elsewhere. */
  trim(instance: string, seq: number): Promise<void> {
    const update = { $pull: { audit: { seq: { $lte: seq } } } }
    return this.#quietly(instance, { updateOne: { filter: { _id: instance }, update } })
  }

  /** Resolves when nothing is queued or in flight. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #quietly(instance: string, operation: mongo.AnyBulkWriteOperation<Instance>): Promise<void> {
    await this.#enqueue({ operation, instance, hash: null, isInsert: false })
  }

  #enqueue(write: Omit<Waiting, 'resolve' | 'reject'>): Promise<CommitResult> {
    if (this.#queue.length >= QUEUE_MAX)
      return Promise.reject(
        unavailable('storage.busy', 'too many commits are waiting', { details: { queue: QUEUE_MAX } }),
      )
    const result = new Promise<CommitResult>((resolve, reject) => {
      this.#queue.push({ ...write, resolve, reject })
    })
    this.#running ??= this.#drain()
    return result
  }

  async #drain(): Promise<void> {
    // Callers of the same turn get into the first batch.
    await Promise.resolve()
    while (this.#queue.length > 0) await this.#write(this.#queue.splice(0, BATCH_MAX))
    this.#running = null
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    try {
      const operations = batch.map((waiting) => waiting.operation)
      const { matchedCount, insertedCount } = await this.#instances.bulkWrite(operations, DURABLY)
      if (matchedCount + insertedCount === batch.length) for (const waiting of batch) waiting.resolve('committed')
      else await this.#answer(batch)
    } catch (error) {
      await this.#recover(batch, error)
    }
  }

  async #answer(batch: readonly Waiting[]): Promise<void> {
    const losers = await this.#losers(batch)
    for (const waiting of batch)
      waiting.resolve(losers.has(waiting) ? (waiting.isInsert ? 'exists' : 'lost') : 'committed')
  }

  /** Entries are unique by hash, so the documents themselves tell whose write is in. */
  async #losers(batch: readonly Waiting[]): Promise<Set<Waiting>> {
    const decided = batch.filter((waiting) => waiting.hash !== null)
    const ids = decided.map((waiting) => waiting.instance)
    const hashes = decided.map((waiting) => waiting.hash as string)
    const found = await this.#instances
      .find({ _id: { $in: ids }, 'audit.hash': { $in: hashes } }, { projection: { 'audit.hash': 1 } })
      .toArray()
    const present = new Set(found.flatMap((instance) => instance.audit.map((entry) => entry.hash)))
    return new Set(decided.filter((waiting) => !present.has(waiting.hash as string)))
  }

  /** Duplicate inserts, or an unknown outcome after a lost connection. */
  async #recover(batch: readonly Waiting[], cause: unknown): Promise<void> {
    const isDuplicate = (cause as { code?: number }).code === DUPLICATE_KEY
    const refusal = unavailable('storage.unavailable', 'the write did not reach the database', { cause })
    try {
      const losers = await this.#losers(batch)
      for (const waiting of batch) {
        const isIn = !losers.has(waiting) && (waiting.hash !== null || isDuplicate)
        if (isIn) waiting.resolve('committed')
        else if (isDuplicate) waiting.resolve(waiting.isInsert ? 'exists' : 'lost')
        else waiting.reject(refusal)
      }
    } catch {
      for (const waiting of batch) waiting.reject(refusal)
    }
  }
}
