import type { z } from 'zod'
import type { Actor } from './actor.ts'
import type { Label, WorkflowDefinition } from './definition.ts'
import type { AuditEntry, Instance, InstanceStatus, Json, Task } from './instance.ts'

/** What an activity is told beside its input. */
export interface ActivityContext {
  /** The idempotency key: doing it twice under one id must be doing it once. */
  messageId: string
  instanceId: string
  rootId: string
  unit: string
  /** 1 for the first try. */
  attempt: number
  signal: AbortSignal
  now: Date
}

/** Work behind an `invoke`, or behind a named action (then its output is ignored). */
export interface ActivityDefinition {
  name: string
  input: z.ZodType
  output: z.ZodType
  /** Tries before the machine gets its error event. */
  attempts: number
  timeoutMs: number
  /** Quick and harmless: started in the process that committed it, the queue being its retry. */
  inline?: boolean
  run(input: never, context: ActivityContext): Promise<unknown>
}

/** Typed helper: `input` of `run` follows the schema. */
export function defineActivity<I extends z.ZodType, O extends z.ZodType>(
  definition: Omit<ActivityDefinition, 'input' | 'output' | 'run'> & {
    input: I
    output: O
    run(input: z.output<I>, context: ActivityContext): Promise<z.input<O>>
  },
): ActivityDefinition {
  return definition as unknown as ActivityDefinition
}

export interface StartCommand {
  workflow: string
  data: unknown
  actor: Actor
  /** Same key, same sender, same body → same instance; another body → `idempotency.mismatch`. */
  idempotencyKey: string
}

export interface SendCommand {
  instance: string
  type: string
  data: unknown
  actor: Actor
  idempotencyKey: string
  /** The revision the sender saw; a decision of someone else since then refuses as `instance.stale`. */
  revision?: number | undefined
}

/** An event the caller may send now. */
export interface EventOffer {
  type: string
  title: Label
  /** JSON Schema of `data`. */
  schema: unknown
  /** The task it settles, or null for a right without a task. */
  task: string | null
  /** False when the machine would refuse it now; `reason` then says why. */
  possible: boolean
  reason: { code: string; title: Label; details: Record<string, unknown> } | null
}

export interface TaskItem {
  /** `<instance>:<task>` */
  id: string
  instance: string
  root: string
  workflow: string
  unit: string
  summary: Instance['summary']
  priority: number
  task: Task
}

export interface Page<T> {
  items: T[]
  /** Opaque; null on the last page. */
  next: string | null
}

export interface TaskQuery {
  actor: Actor
  workflow?: string | undefined
  cursor?: string | undefined
  /** 1–100, default 20. */
  limit?: number | undefined
}

export interface InstanceQuery {
  actor: Actor
  workflow?: string | undefined
  status?: InstanceStatus | undefined
  unit?: string | undefined
  root?: string | undefined
  /** Words looked for in the summary. */
  text?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/** A branch that is still open below an instance, with who has it. */
export interface OpenBranch {
  instance: string
  task: string
  for: string[]
  title: Label
  since: Date
  seenAt: Date | null
}

/**
 * The engine's door. Every method that takes an actor checks rights itself; refusals are thrown as `AppError` with the
 * codes `instance.not-found`, `instance.forbidden`, `instance.stale`, `instance.not-now`, `event.unknown`,
 * `event.invalid`, `event.forbidden`, `workflow.not-found`, `start.forbidden`, `start.invalid`, `idempotency.mismatch`,
 * and the workflow's own explanations.
 */
export interface Engine {
  readonly workflows: readonly WorkflowDefinition[]
  start(command: StartCommand): Promise<Instance>
  /** The id that a start command leads to, known before it is carried out. */
  idOf(command: StartCommand): string
  send(command: SendCommand): Promise<Instance>
  /** Marks the actor's tasks in this instance as seen (audited once per task) and sends their `onSeen`. */
  see(command: { instance: string; actor: Actor }): Promise<Instance>
  /** @throws AppError instance.not-found also when the actor may not read it */
  read(id: string, actor: Actor): Promise<Instance>
  offers(id: string, actor: Actor): Promise<EventOffer[]>
  /** Whole history, oldest first, overflowed entries included. */
  audit(id: string, actor: Actor): Promise<AuditEntry[]>
  tasks(query: TaskQuery): Promise<Page<TaskItem>>
  countTasks(actor: Actor): Promise<number>
  instances(query: InstanceQuery): Promise<Page<Instance>>
  /** The instance's whole tree (root first, then by depth and start), readable by whoever may read one of it. */
  tree(root: string, actor: Actor): Promise<Instance[]>
  openBranches(id: string): Promise<OpenBranch[]>
  /** Waits until the instance has no inline work under way, at most `timeoutMs`; returns its newest form. */
  settled(id: string, actor: Actor, timeoutMs: number): Promise<Instance>
  /** For operators: what stands still over a problem tries again; the reason is audited. Else nothing happens. */
  retry(id: string, reason: string): Promise<Instance>
  /** Instances that stand still, or ended with work that failed, and over what, longest first; at most 100. */
  parked(): Promise<{ id: string; workflow: string; problem: string | null; since: Date }[]>
  /** Ids of all instances, oldest first; for operators. */
  ids(): AsyncIterable<string>
  verify(id: string): Promise<{ entries: number; valid: boolean; firstBad: number | null }>
}

export type { Json }
