import type { Connection, mongo } from 'mongoose'
import { unavailable } from '../platform/index.ts'
import { AGENDA_PATTERN, checkedPattern, writeNumber } from './number-text.ts'

/** One number of a register, with the letter it went to. */
export interface LedgerRow {
  /** The message that asked: asking twice is asking once. */
  _id: string
  unit: string
  year: number
  number: number
  text: string
  instance: string
  at: Date
}

export interface NumberRequest {
  messageId: string
  unit: string
  year: number
  instance: string
  at: Date
}

interface Counter {
  _id: string
  last: number
}

interface Waiting {
  request: NumberRequest
  resolve(row: LedgerRow): void
  reject(error: unknown): void
}

const BATCH_MAX = 64
const QUEUE_MAX = 5_000
/** Two processes asking for the same message at once: the later one finds the row of the earlier. */
const COLLISIONS_MAX = 5
const DUPLICATE_KEY = 11_000
const counterOf = ({ unit, year }: Pick<NumberRequest, 'unit' | 'year'>) => `${unit}/${year}`

/**
 * Gives register numbers: per unit and year 1, 2, 3 … without gaps or doubles, whatever crashes. All requests waiting
 * in this process share one transaction: the counter moves by as many as there are, and the rows come with it.
 */
export class Ledger {
  readonly #connection: Connection
  readonly #counters: mongo.Collection<Counter>
  readonly rows: mongo.Collection<LedgerRow>
  #queue: Waiting[] = []
  #isRunning = false

  /** How numbers are written; see `writeNumber`. */
  readonly pattern: string

  /** @throws AppError agenda.invalid-pattern */
  constructor(connection: Connection, pattern = AGENDA_PATTERN) {
    this.#connection = connection
    this.pattern = checkedPattern(pattern)
    this.#counters = connection.collection<Counter>('agenda_counters') as unknown as mongo.Collection<Counter>
    this.rows = connection.collection<LedgerRow>('agenda_numbers') as unknown as mongo.Collection<LedgerRow>
  }

  /** Collections exist before the first transaction, which may not create them in a race. */
  async prepare(): Promise<void> {
    await Promise.all(
      ['agenda_counters', 'agenda_numbers'].map((name) =>
        this.#connection.createCollection(name).catch((error: { codeName?: string }) => {
          if (error.codeName !== 'NamespaceExists') throw error
        }),
      ),
    )
    await this.rows.createIndexes([
      { key: { unit: 1, year: 1, number: -1 }, name: 'register', unique: true },
      { key: { instance: 1 }, name: 'instance' },
    ])
  }

  /** The number of this message; the same one however often it is asked. */
  assign(request: NumberRequest): Promise<LedgerRow> {
    if (this.#queue.length >= QUEUE_MAX)
      return Promise.reject(
        unavailable('storage.busy', 'too many numbers are waiting', { details: { queue: QUEUE_MAX } }),
      )
    const result = new Promise<LedgerRow>((resolve, reject) => this.#queue.push({ request, resolve, reject }))
    if (!this.#isRunning) void this.#drain()
    return result
  }

  async #drain(): Promise<void> {
    this.#isRunning = true
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, BATCH_MAX)
      try {
        const rows = await this.#assignAll(batch.map(({ request }) => request))
        for (const { request, resolve } of batch) resolve(rows.get(request.messageId) as LedgerRow)
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    this.#isRunning = false
  }

  async #assignAll(requests: readonly NumberRequest[], collisions = 0): Promise<Map<string, LedgerRow>> {
    try {
      return await this.#connection.getClient().withSession((session) =>
        session.withTransaction(() => this.#inTransaction(requests, session), {
          writeConcern: { w: 'majority', j: true },
        }),
      )
    } catch (error) {
      if ((error as { code?: number }).code !== DUPLICATE_KEY || collisions >= COLLISIONS_MAX) throw error
      return this.#assignAll(requests, collisions + 1)
    }
  }

  /** May run more than once: nothing outside the session is touched. */
  async #inTransaction(
    requests: readonly NumberRequest[],
    session: mongo.ClientSession,
  ): Promise<Map<string, LedgerRow>> {
    const ids = requests.map(({ messageId }) => messageId)
    const existing = await this.rows.find({ _id: { $in: ids } }, { session }).toArray()
    const known = new Map(existing.map((row) => [row._id, row]))
    const fresh = new Map(requests.flatMap((each) => (known.has(each.messageId) ? [] : [[each.messageId, each]])))
    for (const [key, group] of byCounter([...fresh.values()])) {
      const counter = await this.#counters.findOneAndUpdate(
        { _id: key },
        { $inc: { last: group.length } },
        { upsert: true, returnDocument: 'after', session },
      )
      const first = (counter?.last ?? group.length) - group.length + 1
      for (const [index, request] of group.entries()) {
        const number = first + index
        known.set(request.messageId, this.#rowOf(request, number))
      }
    }
    const inserted = [...fresh.keys()].map((id) => known.get(id) as LedgerRow)
    if (inserted.length > 0) await this.rows.insertMany(inserted, { session })
    return known
  }

  #rowOf({ messageId, unit, year, instance, at }: NumberRequest, number: number): LedgerRow {
    const text = writeNumber(this.pattern, { number, year, unit })
    return { _id: messageId, unit, year, number, text, instance, at }
  }
}

function byCounter(requests: readonly NumberRequest[]): Map<string, NumberRequest[]> {
  const groups = new Map<string, NumberRequest[]>()
  for (const request of requests) {
    const key = counterOf(request)
    groups.set(key, [...(groups.get(key) ?? []), request])
  }
  return groups
}
