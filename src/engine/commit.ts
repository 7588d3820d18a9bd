import mongoose, { type mongo } from 'mongoose'
import { unavailable } from '../platform/index.ts'
import type { Decision } from './decide.ts'
import type { AuditEntry, Instance, Message } from './instance.ts'

/** Operations in one bulk write; more wait for the next. */
const BATCH_MAX = 64
/** Waiting commits beyond which new ones are refused rather than queued for ever. */
const QUEUE_MAX = 10_000

const DURABLY = { ordered: false, writeConcern: { w: 'majority', j: true } } as const
const DUPLICATE_KEY = 11000

export type CommitResult = 'committed' | 'lost' | 'exists'

interface Waiting {
  operation: mongo.AnyBulkWriteOperation<Instance>
  instance: string
  /** For telling a lost race from a won one; null for quiet writes. */
  entry: Pick<AuditEntry, 'instance' | 'seq' | 'hash'> | null
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

/** As `wakeAtOf` has it: the timers of a parked instance wait for its operator. */
const TIMERS_DUE = { $cond: [{ $eq: ['$status', 'parked'] }, null, { $min: '$timers.dueAt' }] }

/** The rows' earliest time is recomputed in the same write, so that the sweepers' index stays true. */
const withWakeAt = [
  { $set: { wakeAt: { $min: [{ $min: '$messages.offerAt' }, TIMERS_DUE] } } },
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
  readonly #history: mongo.Collection<AuditEntry>
  #queue: Waiting[] = []
  #running: Promise<void> | null = null

  constructor(instances: mongo.Collection<Instance>, history: mongo.Collection<AuditEntry>) {
    this.#instances = instances
    this.#history = history
  }

  /** One atomic write: the instance at its revision becomes the next, or nothing happens (`lost`, `exists`). */
  commit(decision: Decision): Promise<CommitResult> {
    const { before, next, entry } = decision
    return this.#enqueue({
      operation: operationOf(decision),
      instance: next._id,
      entry,
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
    await this.#enqueue({ operation, instance, entry: null, isInsert: false })
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

  /**
   * Entries are unique by hash, so the documents themselves tell whose write is in. Read as the majority sees them:
   * what a failing primary alone has may still be rolled back.
   */
  async #losers(batch: readonly Waiting[]): Promise<Set<Waiting>> {
    const decided = batch.filter((waiting) => waiting.entry !== null)
    const found = await this.#instances
      .find(
        { _id: { $in: decided.map((waiting) => waiting.instance) } },
        { projection: { 'audit.hash': 1, 'audit.seq': 1 }, readConcern: { level: 'majority' } },
      )
      .toArray()
    const present = new Set(found.flatMap((instance) => instance.audit.map((entry) => entry.hash)))
    const oldest = new Map(found.map(({ _id, audit }) => [_id, audit[0]?.seq ?? 0]))
    const moved = decided.filter(({ instance, entry }) => entry && entry.seq < (oldest.get(instance) ?? 0))
    for (const hash of await this.#movedHashes(moved)) present.add(hash)
    return new Set(decided.filter(({ entry }) => entry && !present.has(entry.hash)))
  }

  /** Of entries that may have left the document since, those that are in its history. */
  async #movedHashes(moved: readonly Waiting[]): Promise<string[]> {
    const entries = moved.flatMap(({ entry }) => entry ?? [])
    if (entries.length === 0) return []
    const filter = { $or: entries.map(({ instance, seq }) => ({ instance, seq })) }
    const found = await this.#history.find(filter, { readConcern: { level: 'majority' } }).toArray()
    return found.map((entry) => entry.hash)
  }

  /** Something in the batch did not go through; each of it gets its own answer. */
  async #recover(batch: readonly Waiting[], cause: unknown): Promise<void> {
    if (wasNeverSent(cause)) return this.#oneByOne(batch, cause)
    const failures = failuresOf(cause)
    const refusal = unavailable('storage.unavailable', 'the write did not reach the database', { cause })
    try {
      const losers = await this.#losers(batch)
      for (const [index, waiting] of batch.entries()) {
        const failure = failures?.get(index)
        // Without a reply of the server nothing is known of a quiet write, nor whether a missing one is yet to come.
        const isIn = waiting.entry ? !losers.has(waiting) : failures !== null && failure === undefined
        if (isIn) waiting.resolve('committed')
        else if (failures === null || (failure !== undefined && failure !== DUPLICATE_KEY)) waiting.reject(refusal)
        else waiting.resolve(waiting.isInsert ? 'exists' : 'lost')
      }
    } catch {
      for (const waiting of batch) waiting.reject(refusal)
    }
  }

  /** One write that cannot even be put into words must not take those beside it along. */
  async #oneByOne(batch: readonly Waiting[], cause: unknown): Promise<void> {
    if (batch.length === 1) batch[0]?.reject(cause)
    else for (const waiting of batch) await this.#write([waiting])
  }
}

/** The driver itself refused: a key it cannot encode, a document over the limit. */
const wasNeverSent = (cause: unknown): boolean =>
  cause instanceof mongoose.mongo.BSON.BSONError || cause instanceof mongoose.mongo.MongoInvalidArgumentError

/** Place in the batch → error code, from the server's reply; null when there was none. */
function failuresOf(cause: unknown): Map<number, number> | null {
  if (!(cause instanceof mongoose.mongo.MongoBulkWriteError)) return null
  const errors = [cause.writeErrors].flat()
  return new Map(errors.map(({ index, code }) => [index, code]))
}
