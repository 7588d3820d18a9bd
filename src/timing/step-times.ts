import type { mongo } from 'mongoose'
import type { Calendar } from '../calendar/index.ts'
import type { AuditEntry, Instance } from '../engine/index.ts'
import { visitsOf } from './visits.ts'

/** One stay of a task, or (with an empty state) the whole life of an instance. A projection: rebuilt from the audit. */
export interface StepTime {
  /** `<instance>:<task>`; `<instance>:` for the whole. */
  _id: string
  instance: string
  root: string
  workflow: string
  version: number
  state: string
  unit: string
  priority: number
  openedAt: Date
  seenAt: Date | null
  dueAt: Date | null
  closedAt: Date | null
  /** Until closing; 0 while open, since the clock still runs. */
  workingMs: number
  /** Part before the first look. */
  waitingMs: number
  /** A rebuild removes what was last written before it began. */
  projectedAt: Date
}

type Stay = Pick<StepTime, 'openedAt' | 'seenAt' | 'dueAt' | 'closedAt'>

const durationsOf = ({ openedAt, seenAt, closedAt }: Stay, calendar: Calendar) => ({
  workingMs: closedAt ? calendar.workingMsBetween(openedAt, closedAt) : 0,
  waitingMs: closedAt ? calendar.workingMsBetween(openedAt, seenAt ?? closedAt) : 0,
})

/** Everything that the projection holds of one instance. Pure. @param audit whole history, oldest first */
export function stepTimesOf(
  instance: Instance,
  audit: readonly AuditEntry[],
  calendar: Calendar,
  projectedAt: Date,
): StepTime[] {
  const { _id, root, workflow, version, unit, priority, startedAt, endedAt } = instance
  const row = (key: string, state: string, stay: Stay): StepTime => {
    const { openedAt, seenAt, dueAt, closedAt } = stay
    const durations = durationsOf(stay, calendar)
    const common = { instance: _id, root, workflow, version, unit, priority, projectedAt }
    return { _id: `${_id}:${key}`, ...common, state, openedAt, seenAt, dueAt, closedAt, ...durations }
  }
  const steps = visitsOf(audit).map((visit) => row(visit.task, visit.state, visit))
  const whole = row('', '', { openedAt: startedAt, seenAt: startedAt, dueAt: null, closedAt: endedAt })
  return [...steps, whole]
}

const BATCH = 100
/** Commits of several processes become visible out of order by at most this. */
const OVERLAP_MS = 10_000
const REMEMBERED_MAX = 5_000
const CURSOR = 'step_times'

interface Cursor {
  _id: string
  updatedAt: Date
}

/** Keeps `step_times` equal to what the audit says. */
export class StepTimes {
  readonly rows: mongo.Collection<StepTime>
  readonly #instances: mongo.Collection<Instance>
  readonly #history: mongo.Collection<AuditEntry>
  readonly #cursors: mongo.Collection<Cursor>
  readonly #calendarOf: (unit: string) => Calendar
  /** Revisions projected lately, so that the overlap costs a read and no writes. */
  readonly #done = new Map<string, number>()

  constructor(db: mongo.Db, calendarOf: (unit: string) => Calendar) {
    this.rows = db.collection('step_times')
    this.#instances = db.collection('instances')
    this.#history = db.collection('audit')
    this.#cursors = db.collection('projection_cursors')
    this.#calendarOf = calendarOf
  }

  async prepare(): Promise<void> {
    await this.rows.createIndexes([
      { key: { closedAt: 1, unit: 1 }, name: 'closed' },
      { key: { unit: 1, closedAt: 1 }, name: 'by-unit' },
      { key: { workflow: 1, state: 1, unit: 1, closedAt: 1 }, name: 'by-step' },
      { key: { instance: 1 }, name: 'instance' },
    ])
  }

  /** Projects what changed since the last call, in this process or another; returns how many instances. */
  async catchUp(): Promise<number> {
    const cursor = await this.#cursors.findOne({ _id: CURSOR })
    const since = new Date((cursor?.updatedAt.getTime() ?? 0) - OVERLAP_MS)
    let newest = cursor?.updatedAt ?? new Date(0)
    const changed = this.#instances.find({ updatedAt: { $gte: since } }).sort({ updatedAt: 1, _id: 1 })
    let count = 0
    for await (const batch of batchesOf(changed)) {
      const fresh = batch.filter(({ _id, revision }) => this.#done.get(_id) !== revision)
      await this.#project(fresh)
      count += fresh.length
      for (const { updatedAt } of batch) if (updatedAt > newest) newest = updatedAt
      await this.#cursors.updateOne({ _id: CURSOR }, { $max: { updatedAt: newest } }, { upsert: true })
    }
    return count
  }

  /** Projects every instance anew and removes what the audit does not say; returns how many instances. */
  async rebuild(): Promise<number> {
    const startedAt = new Date()
    let count = 0
    for await (const batch of batchesOf(this.#instances.find().sort({ _id: 1 }))) {
      await this.#project(batch)
      count += batch.length
    }
    await this.rows.deleteMany({ projectedAt: { $lt: startedAt } })
    return count
  }

  async #project(instances: readonly Instance[]): Promise<void> {
    const rows = (await Promise.all(instances.map((instance) => this.#rowsOf(instance)))).flat()
    if (rows.length > 0)
      await this.rows.bulkWrite(
        rows.map((row) => ({ replaceOne: { filter: { _id: row._id }, replacement: row, upsert: true } })),
        { ordered: false },
      )
    for (const { _id, revision } of instances) this.#remember(_id, revision)
  }

  async #rowsOf(instance: Instance): Promise<StepTime[]> {
    const missing = instance.auditCount - instance.audit.length
    const older =
      missing > 0
        ? await this.#history
            .find({ instance: instance._id, seq: { $lt: instance.audit[0]?.seq ?? Number.MAX_SAFE_INTEGER } })
            .sort({ seq: 1 })
            .toArray()
        : []
    return stepTimesOf(instance, [...older, ...instance.audit], this.#calendarOf(instance.unit), new Date())
  }

  #remember(id: string, revision: number): void {
    this.#done.delete(id)
    this.#done.set(id, revision)
    const oldest = this.#done.size > REMEMBERED_MAX ? this.#done.keys().next().value : undefined
    if (oldest !== undefined) this.#done.delete(oldest)
  }
}

async function* batchesOf(cursor: mongo.FindCursor<Instance>): AsyncGenerator<Instance[]> {
  let batch: Instance[] = []
  for await (const instance of cursor) {
    batch.push(instance)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
