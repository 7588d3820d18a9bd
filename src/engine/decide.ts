import { keysForAll } from './assignee.ts'
import { genesis, seal } from './audit.ts'
import type { ActingPerson, EventStamp } from './definition.ts'
import { Draft, type Moment } from './draft.ts'
import type { AuditEntry, Instance, Json } from './instance.ts'
import { toJson } from './json.ts'
import type { MachineState, Step } from './kernel.ts'
import type { Process } from './registry.ts'

/** What is to be recorded of a step beside what the machine made of it. */
export interface Cause {
  kind: AuditEntry['kind']
  event: string
  by: ActingPerson | null
  operation: string | null
  data: Json
}

/** The next form of an instance with its audit entry; committed whole or not at all. */
export interface Decision {
  before: Instance | null
  next: Instance
  entry: AuditEntry
  emitted: Json[]
}

export interface Birth {
  id: string
  parent: Instance['parent']
  root: string
  depth: number
  /** Unit whose calendar counts for the first step. */
  unit: string
}

export function stampOf(revision: number, { now }: Moment, by: ActingPerson | null): EventStamp {
  return { at: now.toISOString(), by, ref: `r${revision}` }
}

const earliest = (dates: readonly Date[]): Date | null =>
  dates.length === 0 ? null : new Date(Math.min(...dates.map((date) => date.getTime())))

/** A parked instance's timers wait for its operator: they would only keep others from the sweepers' sight. */
const wakeAtOf = ({ status, timers, messages }: Pick<Instance, 'status' | 'timers' | 'messages'>): Date | null =>
  earliest([
    ...(status === 'parked' ? [] : timers.map((timer) => timer.dueAt)),
    ...messages.map((message) => message.offerAt),
  ])

const machineStateOf = (instance: Instance): MachineState => ({
  status: 'active',
  value: instance.value,
  context: instance.context,
  historyValue: instance.historyValue,
  output: null,
  error: null,
})

/** Asks the machine; nothing is recorded yet. */
export function ask(process: Process, instance: Instance, event: { type: string }): Step {
  const children = instance.invocations.map((open) => open.invoke)
  return process.kernel.step(machineStateOf(instance), children, event)
}

const emptyInstance = (process: Process, { id, parent, root, depth }: Birth, { now }: Moment): Instance => ({
  _id: id,
  format: 1,
  workflow: process.definition.id,
  version: process.definition.version,
  fingerprint: process.fingerprint,
  revision: 0,
  decisiveRevision: 0,
  status: 'active',
  value: null,
  context: {},
  historyValue: {},
  output: null,
  problem: null,
  unit: '',
  root,
  parent,
  depth,
  summary: { title: '' },
  searchText: '',
  priority: 0,
  access: [],
  tasks: [],
  waitingSince: null,
  invocations: [],
  messages: [],
  timers: [],
  wakeAt: null,
  audit: [],
  auditCount: 0,
  chainHead: genesis(id),
  startedBy: null,
  startedAt: now,
  updatedAt: now,
  endedAt: null,
})

function describe(process: Process, state: MachineState) {
  const { definition } = process
  const summary = toJson(definition.summary(state.context)) as Instance['summary']
  const words = Object.values(summary).filter((value) => typeof value === 'string')
  const unit = definition.unit
    .split('.')
    .reduce<Json>((value, key) => (value as Record<string, Json> | null)?.[key] ?? null, state.context)
  return {
    summary,
    searchText: words.join(' ').toLowerCase().slice(0, 2_000),
    priority: summary.priority ?? 0,
    unit: String(unit ?? ''),
  }
}

function entryOf(before: Instance, next: Instance, draft: Draft, cause: Cause, moment: Moment): AuditEntry {
  const { now, calendar } = moment
  return seal({
    seq: before.auditCount + 1,
    instance: next._id,
    revision: next.revision,
    at: now,
    ...cause,
    from: before.value,
    to: next.value,
    left: draft.left,
    entered: draft.entered,
    opened: draft.opened.map(({ id, state, for: keys, dueAt }) => ({ task: id, state, for: keys, dueAt })),
    closed: draft.closed,
    wallMs: now.getTime() - before.updatedAt.getTime(),
    workingMs: calendar.workingMsBetween(before.updatedAt, now),
    calendarVersion: calendar.version,
    previous: before.chainHead,
  })
}

/** How the instance stands after the step. */
interface Outcome {
  status: Instance['status']
  problem: string | null
}

/** What else moves a parked instance, say the answer of another region, does not solve its problem. */
const statusAfter = (state: MachineState, before?: Instance): Outcome => {
  if (state.status === 'error') return { status: 'parked', problem: state.error }
  if (before?.status === 'parked' && state.status === 'active') return { status: 'parked', problem: before.problem }
  return { status: state.status, problem: null }
}

interface Conclusion {
  process: Process
  before: Instance
  draft: Draft
  state: MachineState
  outcome: Outcome
  cause: Cause
  moment: Moment
}

/** Folds a draft and the machine's new state into the next instance and its audit entry. */
function conclude({ process, before, draft, state, outcome, cause, moment }: Conclusion): Decision {
  const { now } = moment
  const { revision } = draft
  const ends = before.endedAt === null && (outcome.status === 'done' || outcome.status === 'stopped')
  // A stopped child owes nobody an answer: its parent has dropped the question.
  if (ends && before.parent && outcome.status === 'done')
    draft.message('answer', before.workflow, { ...before.parent, child: before._id, output: state.output })
  const newKeys = [...draft.accessKeys(), ...draft.readers()].filter((key) => !before.access.includes(key))
  if (before.depth > 0 && newKeys.length > 0) draft.message('send', 'grant', { root: before.root, keys: newKeys })
  const { tasks, invocations, messages, timers } = draft
  const next: Instance = {
    ...before,
    ...describe(process, state),
    ...outcome,
    revision,
    decisiveRevision: cause.by !== null && cause.kind === 'event' ? revision : before.decisiveRevision,
    value: state.value,
    context: state.context,
    historyValue: state.historyValue,
    output: state.output,
    access: newKeys.length > 0 ? [...new Set([...before.access, ...newKeys])] : before.access,
    tasks,
    waitingSince: earliest(tasks.map((task) => task.openedAt)),
    invocations,
    messages,
    timers,
    wakeAt: wakeAtOf({ status: outcome.status, timers, messages }),
    updatedAt: now,
    endedAt: ends ? now : before.endedAt,
  }
  const entry = entryOf(before, next, draft, cause, moment)
  const sealed = { ...next, audit: [...before.audit, entry], auditCount: entry.seq, chainHead: entry.hash }
  return { before: before.revision === 0 ? null : before, next: sealed, entry, emitted: draft.emitted }
}

/** First step of a new instance. Pure: same arguments, same decision. */
export function decideStart(process: Process, birth: Birth, data: Json, cause: Cause, moment: Moment): Decision {
  const blank = { ...emptyInstance(process, birth, moment), startedBy: cause.by }
  const before = { ...blank, access: keysForAll(process.definition.starters, data) }
  const stamp = stampOf(1, moment, cause.by)
  const { state, actions } = process.kernel.start({ data, id: birth.id, ...stamp })
  if (state.status === 'error') throw new Error(state.error ?? 'the machine failed to start')
  const draft = new Draft(process, before, 1, moment)
  draft.apply(state, actions, { type: 'xstate.init' })
  return conclude({ process, before, draft, state, outcome: statusAfter(state), cause, moment })
}

export interface StepOptions {
  /** The open message that this answers; it is closed in the same write. */
  settles?: string
  /** The timer that fired. */
  fired?: string
  /** Tasks held by these keys are marked as seen. */
  seen?: readonly string[]
}

/** One step: the machine has been asked already; what it said is recorded with its cause. */
export function decideStep(
  process: Process,
  before: Instance,
  { step, event }: { step: Step; event: { type: string } },
  cause: Cause,
  moment: Moment,
  options: StepOptions = {},
): Decision {
  const draft = prepare(process, before, cause, moment, options)
  draft.apply(step.state, step.actions, event)
  return conclude({
    process,
    before,
    draft,
    state: step.state,
    outcome: statusAfter(step.state, before),
    cause,
    moment,
  })
}

/** Records something that does not move the machine: a look, a delivered effect, a parking, a stop. */
export function decideNote(
  process: Process,
  before: Instance,
  cause: Cause,
  moment: Moment,
  options: StepOptions & { outcome?: Outcome } = {},
): Decision {
  const draft = prepare(process, before, cause, moment, options)
  const outcome = options.outcome ?? { status: before.status, problem: before.problem }
  if (outcome.status === 'stopped') draft.stop()
  const state = { ...machineStateOf(before), output: before.output }
  return conclude({ process, before, draft, state, outcome, cause, moment })
}

function prepare(process: Process, before: Instance, cause: Cause, moment: Moment, options: StepOptions): Draft {
  const draft = new Draft(process, before, before.revision + 1, moment)
  if (options.seen && cause.by) draft.see(options.seen, cause.by)
  if (options.settles) draft.settle(options.settles)
  if (options.fired) draft.timers = draft.timers.filter((timer) => timer.id !== options.fired)
  return draft
}
