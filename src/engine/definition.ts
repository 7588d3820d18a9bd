import { type AnyStateMachine, fromPromise } from 'xstate'
import type { z } from 'zod'

/** A label in the two languages of the product. */
export interface Label {
  id: string
  en: string
}

/**
 * Who may act, said declaratively so that a machine stays plain data: `from` names a path in the instance's context.
 * `position` is one post, `role` a pool ("every registrar of this unit"), `unit` everybody posted in a unit.
 */
export type Assignee =
  | { readonly kind: 'position'; readonly from: string }
  | { readonly kind: 'role'; readonly role: string; readonly from: string }
  | { readonly kind: 'role'; readonly role: string; readonly from?: undefined }
  | { readonly kind: 'unit'; readonly from: string }

export const assignee = {
  /** The post whose id stands at `from` in the context. */
  position: (from: string): Assignee => ({ kind: 'position', from }),
  /** Every post with `role` in the unit whose id stands at `from`; without `from`, wherever the post is. */
  role: (role: string, from?: string): Assignee =>
    from === undefined ? { kind: 'role', role } : { kind: 'role', role, from },
  unit: (from: string): Assignee => ({ kind: 'unit', from }),
}

/** A span that a unit's calendar counts. Days and hours are different units: a day is an office day, not 8 hours. */
export interface WorkingSpan {
  days?: number
  hours?: number
  minutes?: number
}

/** What a delay function is called with by XState, reduced to what a process may use. */
interface DelayArguments {
  // biome-ignore lint/suspicious/noExplicitAny: the machine's own context type is not known here
  context: any
  // biome-ignore lint/suspicious/noExplicitAny: nor its event type
  event: any
}

export type WorkingDelay = ((args: DelayArguments) => number) & {
  readonly working: (args: DelayArguments) => WorkingSpan
}

const NOMINAL_MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000 }

/**
 * A delay in working time for `setup({ delays })`. To XState it is an ordinary delay function (nominal wall ms, so
 * the machine runs anywhere); the engine reads `.working` and asks the calendar of the instance's unit.
 */
export function workingTime(span: WorkingSpan | ((args: DelayArguments) => WorkingSpan)): WorkingDelay {
  const working = typeof span === 'function' ? span : () => span
  const nominal = (args: DelayArguments) => {
    const { days = 0, hours = 0, minutes = 0 } = working(args)
    return days * NOMINAL_MS.days + hours * NOMINAL_MS.hours + minutes * NOMINAL_MS.minutes
  }
  return Object.assign(nominal, { working })
}

/** What an invoked or spawned `src` stands for; read by the engine, ignored by XState. */
export type ActorRole = { kind: 'activity' } | { kind: 'workflow'; workflow: string }

export const actorRole = Symbol.for('mahakam.actor-role')

function placeholder<Output, Input>(role: ActorRole) {
  const logic = fromPromise<Output, Input>(() =>
    Promise.reject(new Error('run by the engine, not by an actor: test with transition()')),
  )
  return Object.assign(logic, { [actorRole]: role })
}

/** Declares an actor that the engine runs as a durable job: the activity registered under the same name. */
export const activity = <Input, Output = null>() => placeholder<Output, Input>({ kind: 'activity' })

/** Declares an actor that the engine runs as a child instance of another workflow. */
export const workflow = <Input, Output = null>(id: string) =>
  placeholder<Output, Input>({ kind: 'workflow', workflow: id })

/** Put under `meta.task` of a state: an open task in somebody's tray for as long as the state is active. */
export interface TaskMeta {
  /** Whose tray. */
  for: Assignee
  title: Label
  /** Events this task lets its assignee send; the first one is the main act. */
  events: readonly string[]
  /** Sent by the engine when the assignee first opens the instance, if the machine can take it. */
  onSeen?: string
  /**
   * Deadline: a path in the context holding an ISO time, the name of one of the machine's working-time delays, or a
   * working span from the opening of the task.
   */
  due?: { from: string } | { delay: string } | WorkingSpan
}

/** `meta` of a state: `may` lists events that somebody may send although it is no task of theirs. */
export interface StateMeta {
  task?: TaskMeta
  may?: Readonly<Record<string, Assignee | readonly Assignee[]>>
  /** The state's name for people. */
  title?: Label
}

/** What lists and trays show of an instance without knowing its workflow. JSON only. */
export interface Summary {
  title: string
  reference?: string | null
  /** 0 ordinary … 9 most urgent; trays sort by it. */
  priority?: number
  [key: string]: unknown
}

/** Stamped by the engine on every event a machine sees, beside the validated `data`. */
export interface EventStamp {
  /** ISO time of the decision. */
  at: string
  /** Who acted, or null for the engine itself. */
  by: ActingPerson | null
  /** Unique within the instance; base for ids of spawned children. No dots. */
  ref: string
}

/** The stamp on an event whose own type does not show it, such as XState's done events. */
export const stampOn = (event: unknown): EventStamp => event as EventStamp

/** Somebody acting in a post, as recorded for ever. */
export interface ActingPerson {
  person: string
  name: string
  position: string
  title: string
  unit: string
  /** `definitive`, or the acting capacity (`plt`, `plh` …). */
  capacity: string
}

/** The event a machine sees for a person's or another system's event `Type` with the schema's output as `data`. */
export type StampedEvent<Type extends string, Data> = { type: Type; data: Data } & EventStamp

/** Event schemas → the machine's event union. */
export type EventsOf<Schemas extends Record<string, z.ZodType>> = {
  [K in keyof Schemas & string]: StampedEvent<K, z.output<Schemas[K]>>
}[keyof Schemas & string]

/** `child.done`, sent to the parent for every finished child made with `spawnChild`. */
export type ChildDone<Output> = { type: 'child.done'; id: string; output: Output } & EventStamp

/** Input of every workflow's machine: the validated start data with the stamp and the instance's own id. */
export type StartInput<Data> = { data: Data; id: string } & EventStamp

/** Why an event that the machine knows is not possible in this context; shown instead of a bare "not now". */
export interface Explanation {
  /** `<workflow>.<reason>`, listed in `docs/errors.md`. */
  code: string
  // biome-ignore lint/suspicious/noExplicitAny: the workflow's own context
  when: (context: any) => boolean
  title: Label
}

export interface WorkflowDefinition {
  readonly id: string
  readonly version: number
  readonly title: Label
  /** Start data. */
  readonly start: z.ZodType
  /** Who may start it from outside; empty: only another workflow may. */
  readonly starters: readonly Assignee[]
  /** Who may read every instance, beside all who ever had a task in it. */
  readonly readers: readonly Assignee[]
  readonly events: Readonly<Record<string, z.ZodType>>
  readonly eventTitles: Readonly<Record<string, Label>>
  readonly refusals: Readonly<Record<string, readonly Explanation[]>>
  readonly machine: AnyStateMachine
  // biome-ignore lint/suspicious/noExplicitAny: the workflow's own context
  readonly summary: (context: any) => Summary
  /** Path in the context of the unit whose calendar counts and whose people own the instance. */
  readonly unit: string
}

type Optional = 'starters' | 'readers' | 'refusals'

/**
 * Declares a workflow; the file's default export. The machine is plain XState v5.
 * @returns the definition with its optional parts filled in
 */
export function defineWorkflow(
  definition: Omit<WorkflowDefinition, Optional> & Partial<Pick<WorkflowDefinition, Optional>>,
): WorkflowDefinition {
  return { starters: [], readers: [], refusals: {}, ...definition }
}
