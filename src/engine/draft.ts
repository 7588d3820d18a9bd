import type { Calendar } from '../calendar/index.ts'
import { unprocessable } from '../platform/index.ts'
import { keysFor, keysForAll, valueAt } from './assignee.ts'
import type { ActingPerson, TaskMeta } from './definition.ts'
import type { Instance, Invocation, Json, Message, Task, TaskClosing, Timer } from './instance.ts'
import type { KernelAction, MachineState } from './kernel.ts'
import type { Process } from './registry.ts'

/** Direct offer comes first; a sweeper offers what is still open after this long. */
export const OFFER_GRACE_MS = 5_000
/** Messages one decision may open: bounds a fan-out. */
const MESSAGES_MAX = 200

export interface Moment {
  now: Date
  calendar: Calendar
  epoch: string
}

export const stateId = (revision: number, state: string): string =>
  `${revision}-${state.replaceAll('.', '-') || 'root'}`

function dueOf({ due }: TaskMeta, context: Json, process: Process, { now, calendar }: Moment): Date | null {
  if (!due) return null
  if ('delay' in due) {
    const span = process.delays.get(due.delay)?.working({ context, event: null })
    return span ? calendar.addWorking(now, span) : null
  }
  if (!('from' in due)) return calendar.addWorking(now, due)
  const at = valueAt(context, due.from)
  const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
  return Number.isNaN(time) ? null : new Date(time)
}

function closeTask(task: Task, { now, calendar }: Moment): TaskClosing {
  const { id, state, openedAt, seenAt } = task
  return {
    task: id,
    state,
    for: task.for,
    openedAt,
    seenAt,
    wallMs: now.getTime() - openedAt.getTime(),
    workingMs: calendar.workingMsBetween(openedAt, now),
    unseenWorkingMs: seenAt && calendar.workingMsBetween(openedAt, seenAt),
  }
}

/**
 * Everything that follows from one step of the machine, gathered before it becomes one write: the actions are applied
 * in order to copies of the instance's open things.
 */
export class Draft {
  tasks: Task[]
  invocations: Invocation[]
  messages: Message[]
  timers: Timer[]
  left: string[] = []
  entered: string[] = []
  opened: Task[] = []
  closed: TaskClosing[] = []
  emitted: Json[] = []
  readonly instance: Pick<Instance, '_id' | 'root'>
  readonly revision: number
  readonly process: Process
  readonly moment: Moment
  /** Context after the step: tasks and deadlines are read from it. */
  private context: Json = {}
  private count = 0
  private raised = 0

  constructor(process: Process, before: Instance, revision: number, moment: Moment) {
    this.process = process
    this.instance = before
    this.revision = revision
    this.moment = moment
    this.tasks = [...before.tasks]
    this.invocations = [...before.invocations]
    this.messages = [...before.messages]
    this.timers = [...before.timers]
  }

  apply(state: MachineState, actions: readonly KernelAction[], event: { type: string }): void {
    this.context = state.context
    for (const action of actions) this.one(action, event)
    if (state.status === 'done') this.closeAll()
  }

  message(kind: Message['kind'], name: string, input: Json): Message {
    if (++this.count > MESSAGES_MAX)
      throw unprocessable('event.too-wide', `a decision may open at most ${MESSAGES_MAX} messages`, {
        details: { max: MESSAGES_MAX },
      })
    const { now, epoch } = this.moment
    const id = `${epoch}.${this.instance._id}.${this.revision}.${this.count}`
    const offerAt = new Date(now.getTime() + OFFER_GRACE_MS)
    const message: Message = { id, kind, name, input, offerAt, tries: 0, lastError: null }
    this.messages.push(message)
    return message
  }

  private one(action: KernelAction, event: { type: string }): void {
    switch (action.type) {
      case 'entered':
        this.enter(action.state)
        break
      case 'left':
        this.leave(action.state)
        break
      case 'timer':
        this.setTimer(action, event)
        break
      case 'cancel-timer':
        this.timers = this.timers.filter((timer) => timer.id !== action.id)
        break
      case 'spawn':
        this.spawn(action)
        break
      case 'stop':
        this.cancel((open) => open.invoke === action.id)
        break
      case 'emit':
        this.emitted.push(action.event)
        break
      case 'effect':
        this.message('effect', action.name, action.params)
    }
  }

  private enter(state: string): void {
    this.entered.push(state)
    const meta = this.process.meta.get(state)?.task
    if (!meta) return
    const task: Task = {
      id: stateId(this.revision, state),
      state,
      for: keysFor(meta.for, this.context),
      title: meta.title,
      events: [...meta.events],
      onSeen: meta.onSeen ?? null,
      openedAt: this.moment.now,
      dueAt: dueOf(meta, this.context, this.process, this.moment),
      seenAt: null,
      seenBy: null,
    }
    this.tasks.push(task)
    this.opened.push(task)
  }

  private leave(state: string): void {
    this.left.push(state)
    for (const task of this.tasks) if (task.state === state) this.close(task)
    this.tasks = this.tasks.filter((task) => task.state !== state)
    this.cancel((open) => open.state === state)
  }

  private close(task: Task): void {
    const passedThrough = this.opened.includes(task)
    if (passedThrough) this.opened = this.opened.filter((other) => other !== task)
    else this.closed.push(closeTask(task, this.moment))
  }

  private setTimer(action: KernelAction & { type: 'timer' }, event: { type: string }): void {
    const { now, calendar } = this.moment
    const id = action.id ?? `raise.${this.revision}.${++this.raised}`
    const named = [...this.process.delays].find(([name]) => id.startsWith(`xstate.after.${name}.`))
    const span = named?.[1].working({ context: this.context, event })
    this.timers = this.timers.filter((timer) => timer.id !== id)
    this.timers.push({
      id,
      event: action.event,
      state: this.entered.at(-1) ?? null,
      startedAt: now,
      dueAt: span ? calendar.addWorking(now, span) : new Date(now.getTime() + action.delayMs),
      delay: span ? { ...span } : action.delayMs,
      calendarVersion: span ? calendar.version : null,
    })
  }

  private spawn({ id, src, input }: KernelAction & { type: 'spawn' }): void {
    const role = this.process.roleOf(src)
    const scoped = this.process.invokes.has(id)
    const child = role.kind === 'workflow' ? `${this.instance._id}-${this.revision}-${this.count + 1}` : null
    const message =
      role.kind === 'workflow'
        ? this.message('start', role.workflow, { child, data: input })
        : this.message('activity', src, input)
    this.invocations.push({
      id: message.id,
      invoke: id,
      state: scoped ? (this.entered.at(-1) ?? '') : null,
      kind: role.kind,
      src,
      child,
      openedAt: this.moment.now,
    })
  }

  /** Drops open invocations: an activity's answer will find no question, a child is told to stop. */
  private cancel(which: (open: Invocation) => boolean): void {
    const gone = this.invocations.filter(which)
    if (gone.length === 0) return
    this.invocations = this.invocations.filter((open) => !gone.includes(open))
    this.messages = this.messages.filter((message) => !gone.some((open) => open.id === message.id))
    for (const open of gone) if (open.child) this.message('cancel', open.src, { child: open.child })
  }

  private closeAll(): void {
    for (const task of this.tasks) this.close(task)
    this.tasks = []
    this.timers = []
    this.cancel(() => true)
  }

  /** Ends everything without the machine's say: a cancelled instance. */
  stop(): void {
    this.closeAll()
    this.messages = this.messages.filter((message) => message.kind !== 'activity')
  }

  /** An answered question is no longer open. */
  settle(messageId: string): void {
    this.messages = this.messages.filter((message) => message.id !== messageId)
    this.invocations = this.invocations.filter((open) => open.id !== messageId)
  }

  see(keys: readonly string[], by: ActingPerson): Task[] {
    const { now } = this.moment
    const unseen = this.tasks.filter((task) => !task.seenAt && task.for.some((key) => keys.includes(key)))
    this.tasks = this.tasks.map((task) => (unseen.includes(task) ? { ...task, seenAt: now, seenBy: by } : task))
    return unseen
  }

  accessKeys(): string[] {
    return [...new Set(this.opened.flatMap((task) => task.for))]
  }

  /** Keys of those who may read every instance of this workflow. */
  readers(): string[] {
    return keysForAll(this.process.definition.readers, this.context)
  }
}
