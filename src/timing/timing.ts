import type { mongo } from 'mongoose'
import type { Calendar } from '../calendar/index.ts'
import type { AuditEntry, Instance, WorkflowDefinition } from '../engine/index.ts'
import type { Logger } from '../platform/index.ts'
import type { Journey } from './journey.ts'
import { journeyOf } from './journey-of.ts'
import { type OfficeFigures, officeFigures, type StepsQuery, usualRemaining } from './step-figures.ts'
import { StepTimes } from './step-times.ts'
import { factsOfWorkflows } from './titles.ts'

const TICK_MS = 2_000

export interface TimingOptions {
  db: mongo.Db
  workflows: readonly WorkflowDefinition[]
  calendarOf(unit: string): Calendar
  log: Logger
}

export interface JourneyRequest {
  tree: readonly Instance[]
  audits: ReadonlyMap<string, readonly AuditEntry[]>
  now: Date
  holderOf(keys: readonly string[]): string | null
}

export interface Timing {
  /** The letter's way, with the usual remaining time of comparable cases. */
  journey(request: JourneyRequest): Promise<Journey>
  steps(query: StepsQuery): Promise<OfficeFigures>
  /** Projects what changed since the last call; returns how many instances. */
  catchUp(): Promise<number>
  /** Projects everything anew. Needed after instances were written with a clock other than the present. */
  rebuild(): Promise<number>
  /** Catches up every two seconds until `stop`. */
  follow(): void
  stop(): Promise<void>
}

/** Indexes are ready when this resolves. */
export async function createTiming({ db, workflows: definitions, calendarOf, log }: TimingOptions): Promise<Timing> {
  const projection = new StepTimes(db, calendarOf)
  await projection.prepare()
  const workflows = factsOfWorkflows(definitions)
  const parts = { rows: projection.rows, workflows, calendarOf }
  let timer: NodeJS.Timeout | undefined
  let round: Promise<unknown> = Promise.resolve()
  let isStopped = false

  function next(): void {
    if (isStopped) return
    timer = setTimeout(() => {
      round = projection
        .catchUp()
        .catch((error: Error) => log.warn({ err: error.message }, 'timing.behind'))
        .then(next)
    }, TICK_MS)
  }

  return {
    async journey(request) {
      const root = request.tree[0]
      const remaining = root ? await usualRemaining(parts, root, request.now) : null
      return journeyOf({ ...request, calendarOf, workflows, remaining })
    },
    steps: (query) => officeFigures(parts, query),
    catchUp: () => projection.catchUp(),
    rebuild: () => projection.rebuild(),
    follow: next,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}
