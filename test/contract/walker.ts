import { type AnyMachineSnapshot, type AnyStateMachine, initialTransition, transition } from 'xstate'
import type { z } from 'zod'
import type { TaskMeta, WorkflowDefinition } from '../../src/engine/index.ts'

type Raw = { type: string; params?: { id?: string; src?: string } }

/** Small reproducible random numbers (mulberry32): a failing walk can be walked again by its seed. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface JsonSchema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  minItems?: number
  minLength?: number
  minimum?: number
  format?: string
  pattern?: string
}

const FORMATS: Record<string, string> = {
  'date-time': '2026-11-24T09:00:00+08:00',
  date: '2026-11-24',
  uri: 'http://127.0.0.1/',
}
const PATTERNED = ['000.1.5', 'A-1', '1', 'abc']

function textOf({ format, pattern, minLength = 1 }: JsonSchema, random: () => number): string {
  const known = format && FORMATS[format]
  if (known) return known
  const fitting = pattern && PATTERNED.find((text) => new RegExp(pattern).test(text))
  if (fitting) return fitting
  return `t${Math.floor(random() * 1_000)}`.padEnd(minLength, 'x')
}

/** Some value that fits a JSON Schema of the kinds that workflows use. */
export function sampleOf(schema: JsonSchema, random: () => number): unknown {
  if (schema.const !== undefined) return schema.const
  const choices = schema.enum ?? schema.anyOf ?? schema.oneOf
  const chosen = choices?.[Math.floor(random() * choices.length)]
  if (schema.enum) return chosen
  if (chosen) return sampleOf(chosen as JsonSchema, random)
  switch (schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {})
      return Object.fromEntries(properties.map(([key, child]) => [key, sampleOf(child, random)]))
    }
    case 'array': {
      const length = Math.max(schema.minItems ?? 0, Math.floor(random() * 3))
      return Array.from({ length }, () => sampleOf(schema.items ?? {}, random))
    }
    case 'number':
    case 'integer':
      return Math.max(schema.minimum ?? 0, Math.floor(random() * 50))
    case 'boolean':
      return random() < 0.5
    case 'string':
      return textOf(schema, random)
    default:
      return null
  }
}

/** Data that the schema accepts, or null when chance did not hit on any. */
export function dataFor(schema: z.ZodType, json: unknown, random: () => number): unknown {
  for (let attempt = 0; attempt < 20; attempt++) {
    const parsed = schema.safeParse(sampleOf(json as JsonSchema, random))
    if (parsed.success) return JSON.parse(JSON.stringify(parsed.data))
  }
  return null
}

export const roundTrip = <T>(value: T): T => JSON.parse(JSON.stringify(value))

/** A machine between two events, as the database would keep it. */
export class Wanderer {
  readonly machine: AnyStateMachine
  readonly visited = new Set<string>()
  readonly open = new Map<string, string>()
  snapshot: AnyMachineSnapshot
  #step = 1

  constructor(definition: WorkflowDefinition, data: unknown) {
    this.machine = definition.machine
    const begin = initialTransition as (machine: AnyStateMachine, input: unknown) => [AnyMachineSnapshot, Raw[]]
    const [snapshot, actions] = begin(this.machine, { data, id: 'i1', ...this.stamp() })
    this.snapshot = snapshot
    this.#note(actions)
  }

  get tasks(): TaskMeta[] {
    return this.snapshot._nodes.flatMap((node) => (node.meta?.task ? [node.meta.task as TaskMeta] : []))
  }

  stamp() {
    const by = { person: 'p1', name: 'P', position: 'q1', title: 'Q', unit: 'u1', capacity: 'definitive' }
    return { at: new Date(Date.UTC(2026, 0, 1, 0, this.#step)).toISOString(), by, ref: `r${this.#step}` }
  }

  send(event: { type: string; [field: string]: unknown }): void {
    this.#step++
    const { status, value, context } = this.snapshot
    const stored = { status, ...roundTrip({ value, context }), historyValue: {}, children: {} }
    const before = this.machine.restoreSnapshot(stored as never, undefined as never) as AnyMachineSnapshot
    for (const id of this.open.keys()) before.children[id] = { id } as never
    const [after, actions] = transition(this.machine, before, { ...event, ...this.stamp() } as never) as [
      AnyMachineSnapshot,
      Raw[],
    ]
    if (after === before) return
    this.snapshot = after
    this.#note(actions)
  }

  #note(actions: readonly Raw[]): void {
    for (const { type, params } of actions) {
      if (type === 'xstate.spawnChild') this.open.set(String(params?.id), String(params?.src))
      if (type === 'xstate.stopChild') this.open.delete(String(params?.id))
    }
    for (const node of this.snapshot._nodes) this.visited.add(node.path.join('.'))
  }
}
