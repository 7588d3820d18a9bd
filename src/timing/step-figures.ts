import type { mongo } from 'mongoose'
import type { Calendar } from '../calendar/index.ts'
import type { Instance, Label } from '../engine/index.ts'
import { mean, median, percentile } from './figures.ts'
import type { Journey } from './journey.ts'
import type { StepTime } from './step-times.ts'
import type { KnownWorkflows } from './titles.ts'

export interface StepsQuery {
  /** Null: all units. */
  unit: string | null
  /** Closed in [from, to); what is open now is always counted. */
  from: Date
  to: Date
  now: Date
}

/** How long one step takes, in working ms. */
export interface StepFigures {
  workflow: Label
  step: Label
  workflowId: string
  state: string
  n: number
  medianMs: number
  p90Ms: number
  meanMs: number
  waitingMedianMs: number
  actingMedianMs: number
  open: number
  late: number
  longestOpenMs: number | null
}

export interface WholeFigures {
  medianMs: number
  p90Ms: number
  n: number
}

export interface OfficeFigures {
  /** Root instances. */
  closed: number
  open: number
  /** Null with fewer than five. */
  whole: WholeFigures | null
  /** The slowest step first. */
  steps: StepFigures[]
}

/** Rows counted at once; beyond it a narrower span of days is asked for. */
const ROWS_MAX = 200_000
const CASES_MIN = 5
const CASES_MAX = 500

type Row = Pick<StepTime, 'workflow' | 'version' | 'state' | 'unit' | 'openedAt' | 'dueAt' | 'closedAt'> &
  Pick<StepTime, 'workingMs' | 'waitingMs' | 'instance' | 'root'>

const FIELDS = {
  _id: 0,
  workflow: 1,
  version: 1,
  state: 1,
  unit: 1,
  openedAt: 1,
  dueAt: 1,
  closedAt: 1,
  workingMs: 1,
  waitingMs: 1,
  instance: 1,
  root: 1,
} as const

const workingOf = (rows: readonly Row[]) => rows.map((row) => row.workingMs)

function groupedBySteps(rows: readonly Row[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.workflow}:${row.state}`
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

function titlesOf(known: KnownWorkflows, { workflow, version, state }: Row): { workflow: Label; step: Label } {
  const facts = known.get(`${workflow}@${version}`)
  const names = facts?.states.get(state)
  const fallback = (text: string): Label => ({ id: text, en: text })
  return { workflow: facts?.title ?? fallback(workflow), step: names?.task ?? names?.title ?? fallback(state) }
}

export interface FiguresParts {
  rows: mongo.Collection<StepTime>
  workflows: KnownWorkflows
  calendarOf(unit: string): Calendar
}

function figuresOf(group: readonly Row[], { workflows, calendarOf }: FiguresParts, now: Date): StepFigures | null {
  const newest = group.at(-1)
  if (!newest) return null
  const closed = group.filter(({ closedAt }) => closedAt !== null)
  const open = group.filter(({ closedAt }) => closedAt === null)
  const ages = open.map(({ unit, openedAt }) => calendarOf(unit).workingMsBetween(openedAt, now))
  return {
    ...titlesOf(workflows, newest),
    workflowId: newest.workflow,
    state: newest.state,
    n: closed.length,
    medianMs: median(workingOf(closed)),
    p90Ms: percentile(workingOf(closed), 0.9),
    meanMs: mean(workingOf(closed)),
    waitingMedianMs: median(closed.map((row) => row.waitingMs)),
    actingMedianMs: median(closed.map((row) => row.workingMs - row.waitingMs)),
    open: open.length,
    late: open.filter(({ dueAt }) => dueAt !== null && dueAt < now).length,
    longestOpenMs: ages.length > 0 ? Math.max(...ages) : null,
  }
}

/** Figures of every step, with exact percentiles over the closed ones and the ages of the open ones. */
export async function officeFigures(parts: FiguresParts, { unit, from, to, now }: StepsQuery): Promise<OfficeFigures> {
  const found = await parts.rows
    .find({ ...(unit && { unit }), $or: [{ closedAt: { $gte: from, $lt: to } }, { closedAt: null }] })
    .project<Row>(FIELDS)
    .sort({ openedAt: 1 })
    .limit(ROWS_MAX)
    .toArray()
  const wholes = found.filter(({ state, instance, root }) => state === '' && instance === root)
  const closed = wholes.filter(({ closedAt }) => closedAt !== null)
  const groups = groupedBySteps(found.filter(({ state }) => state !== ''))
  const steps = groups.flatMap((group) => figuresOf(group, parts, now) ?? [])
  const whole = { medianMs: median(workingOf(closed)), p90Ms: percentile(workingOf(closed), 0.9), n: closed.length }
  return {
    closed: closed.length,
    open: wholes.length - closed.length,
    whole: closed.length >= CASES_MIN ? whole : null,
    steps: steps.toSorted((a, b) => b.medianMs - a.medianMs),
  }
}

/**
 * What is usually still to come for an open instance: the middle half of closed cases of the same process, unit and
 * urgency that took longer than it has taken so far. Null with fewer than five of them.
 */
export async function usualRemaining(
  parts: FiguresParts,
  instance: Instance,
  now: Date,
): Promise<Journey['remaining']> {
  if (instance.endedAt) return null
  const { workflow, unit, priority, startedAt } = instance
  const elapsed = parts.calendarOf(unit).workingMsBetween(startedAt, now)
  const cases = await parts.rows
    .find({ workflow, state: '', unit, closedAt: { $ne: null }, priority, workingMs: { $gt: elapsed } })
    .project<Pick<StepTime, 'workingMs'>>({ _id: 0, workingMs: 1 })
    .sort({ closedAt: -1 })
    .limit(CASES_MAX)
    .toArray()
  if (cases.length < CASES_MIN) return null
  const rest = cases.map(({ workingMs }) => workingMs - elapsed)
  return { lowMs: percentile(rest, 0.25), highMs: percentile(rest, 0.75), cases: cases.length }
}
