import { type AnyMachineSnapshot, type AnyStateMachine, initialTransition, transition } from 'xstate'
import type { ActingPerson, WorkflowDefinition } from '../../src/engine/index.ts'

type Raw = { type: string; params?: { id?: string; src?: string; input?: unknown } }

interface Incoming {
  type: string
  actorId?: string
  id?: string
  [field: string]: unknown
}

const begin = initialTransition as (machine: AnyStateMachine, input: unknown) => [AnyMachineSnapshot, Raw[]]

const json = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** A post with its holder; the machine only records who it was. */
export const acting = (position: string, name = `Pejabat ${position}`): ActingPerson => ({
  person: `p-${position}`,
  name,
  position,
  title: `Jabatan ${position}`,
  unit: 'dinas',
  capacity: 'definitive',
})

/** Plays a workflow by `transition()` alone: every step goes through JSON as it would through the database. */
export class Walk {
  readonly definition: WorkflowDefinition
  snapshot: AnyMachineSnapshot
  /** `src` of everything asked for and not answered, by id. */
  readonly asked = new Map<string, { src: string; input: unknown }>()
  readonly stopped: string[] = []
  /** Whether the last event moved the machine. */
  moved = true
  #revision = 1

  constructor(definition: WorkflowDefinition, data: unknown, by: ActingPerson | null = null) {
    this.definition = definition
    const input = { data: definition.start.parse(data), id: 'letter-1', ...this.#stamp(by) }
    const [snapshot, actions] = begin(definition.machine, input)
    this.snapshot = snapshot
    this.#take(actions)
  }

  get context(): Record<string, never> {
    return this.snapshot.context
  }

  /** Paths of active atomic and compound states, as in `matches`. */
  at(path: string): boolean {
    return this.snapshot._nodes.some((node) => node.path.join('.') === path)
  }

  /** Events that the tasks of active states offer. */
  get offered(): string[] {
    return this.snapshot._nodes.flatMap((node) => node.meta?.task?.events ?? []) as string[]
  }

  send(type: string, data: unknown, by: ActingPerson | null = acting('head')): this {
    const schema = this.definition.events[type]
    if (!schema) throw new Error(`no event ${type}`)
    return this.#step({ type, data: schema.parse(data), ...this.#stamp(by) })
  }

  answer(id: string, output: unknown): this {
    return this.#step({ type: `xstate.done.actor.${id}`, actorId: id, output, ...this.#stamp(null) })
  }

  fail(id: string, message = 'broken'): this {
    return this.#step({
      type: `xstate.error.actor.${id}`,
      actorId: id,
      error: { code: 'x', message },
      ...this.#stamp(null),
    })
  }

  childDone(id: string, output: unknown): this {
    return this.#step({ type: 'child.done', id, output, ...this.#stamp(null) })
  }

  /** Code of the workflow's own reason against an event, as the engine would give it. */
  reason(type: string): string | null {
    return this.definition.refusals[type]?.find(({ when }) => when(json(this.snapshot.context)))?.code ?? null
  }

  #stamp(by: ActingPerson | null) {
    const at = new Date(Date.UTC(2026, 10, 24, 1, this.#revision)).toISOString()
    return { at, by, ref: `r${this.#revision}` }
  }

  #step(event: Incoming): this {
    this.#revision++
    const { machine } = this.definition
    const { status, value, context } = this.snapshot
    const stored = { status, ...json({ value, context }), historyValue: {}, children: {} }
    const before = machine.restoreSnapshot(stored as never, undefined as never) as AnyMachineSnapshot
    for (const id of this.asked.keys()) before.children[id] = { id } as never
    const [after, actions] = transition(machine, before, event as never) as [AnyMachineSnapshot, Raw[]]
    this.moved = after !== before
    if (this.moved) this.snapshot = after
    const answered = event.actorId ?? event.id
    if (this.moved && answered) this.asked.delete(answered)
    if (this.moved) this.#take(actions)
    return this
  }

  #take(actions: readonly Raw[]): void {
    for (const { type, params } of actions) {
      if (type === 'xstate.spawnChild')
        this.asked.set(String(params?.id), { src: String(params?.src), input: json(params?.input) })
      // XState gives the child itself as params.
      if (type === 'xstate.stopChild' && params?.id) {
        this.stopped.push(params.id)
        this.asked.delete(params.id)
      }
    }
  }
}
