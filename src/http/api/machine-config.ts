import type { WorkflowDefinition } from '../../engine/index.ts'

/** Members in which a function stands for something that has a name in a drawing; elsewhere it is left out. */
const NAMED = new Set(['actions', 'entry', 'exit', 'guard'])
const DEPTH_MAX = 60

/** XState's own action creators carry their `type`; other inline functions are only known to be there. */
function nameOf(made: object): string {
  const type: unknown = Reflect.get(made, 'type')
  return typeof type === 'string' ? type : 'inline'
}

function plain(value: unknown, isNamed: boolean, depth: number): unknown {
  if (typeof value === 'function') return isNamed ? { type: nameOf(value) } : undefined
  if (value === null || typeof value !== 'object' || depth > DEPTH_MAX) return value
  if (Array.isArray(value)) return value.map((part: unknown) => plain(part, isNamed, depth + 1) ?? null)
  const members = Object.entries(value).map(([key, part]) => [key, plain(part, NAMED.has(key), depth + 1)] as const)
  return Object.fromEntries(members.filter(([, part]) => part !== undefined))
}

/** `machine.config` as JSON: what a visualiser needs, functions by their names. `toJSON()` would lose `always`. */
export const machineConfig = ({ machine }: WorkflowDefinition): unknown => plain(machine.config, false, 0)
