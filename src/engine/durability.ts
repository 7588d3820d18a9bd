import type { AnyStateMachine } from 'xstate'

/**
 * What of a machine's plain config could not run durably, found before anything runs. What only shows while it runs
 * (an action enqueued by a function, `spawn` inside `assign`) is refused by the kernel then.
 */

interface ActionConfig {
  type?: unknown
  /** Of `raise`. */
  delay?: unknown
}

interface TransitionConfig {
  actions?: unknown
}

interface InvokeConfig {
  onDone?: unknown
  onError?: unknown
  onSnapshot?: unknown
}

interface NodeConfig {
  entry?: unknown
  exit?: unknown
  on?: Record<string, unknown>
  after?: Record<string, unknown>
  always?: unknown
  onDone?: unknown
  initial?: unknown
  invoke?: unknown
  states?: Record<string, NodeConfig>
}

/** How to look names up that a config uses. */
export interface Known {
  isActivity(name: string): boolean
  isWorkingDelay(name: string): boolean
}

const list = (value: unknown): unknown[] => (value === undefined || value === null ? [] : [value].flat())

const BUILT_IN = new Set(
  ['assign', 'raise', 'cancel', 'spawnChild', 'stopChild', 'emit', 'log', 'enqueueActions'].map(
    (name) => `xstate.${name}`,
  ),
)

const typeOf = (action: unknown): unknown =>
  typeof action === 'string' ? action : ((action as ActionConfig | null)?.type ?? null)

/** Why an action could not run durably; null when it can. */
function problemOf(action: unknown, machine: AnyStateMachine, known: Known): string | null {
  const type = typeOf(action)
  if (typeof type !== 'string') return 'an inline function is no action: name it and give it an activity'
  if (type.startsWith('xstate.')) {
    if (!BUILT_IN.has(type)) return `${type.slice('xstate.'.length)} has no durable meaning`
    const { delay } = action as ActionConfig
    const isOffice = type === 'xstate.raise' && typeof delay === 'string' && known.isWorkingDelay(delay)
    return isOffice ? `raise would count ${delay} in wall time: use after` : null
  }
  const implementation: unknown = (machine.implementations.actions as Record<string, unknown>)[type]
  const isBuiltIn = String(typeOf(implementation)).startsWith('xstate.')
  if (isBuiltIn) return problemOf(implementation, machine, known)
  return known.isActivity(type) ? null : `no activity of the name ${type} is known`
}

function transitionsOf({ on = {}, after = {}, always, onDone, initial, invoke }: NodeConfig): unknown[] {
  const answers = (list(invoke) as InvokeConfig[]).flatMap((each) => [each.onDone, each.onError, each.onSnapshot])
  return [...Object.values(on), ...Object.values(after), always, onDone, initial, ...answers].flatMap(list)
}

const actionsOf = (node: NodeConfig): unknown[] => [
  ...list(node.entry),
  ...list(node.exit),
  ...transitionsOf(node).flatMap((transition) => list((transition as TransitionConfig).actions)),
]

/** Every action that could not run durably, with the path of its state. */
export function undurableActions(machine: AnyStateMachine, known: Known): { where: string; why: string }[] {
  const found: { where: string; why: string }[] = []
  const walk = (node: NodeConfig, path: readonly string[]) => {
    for (const action of actionsOf(node)) {
      const why = problemOf(action, machine, known)
      if (why) found.push({ where: path.join('.'), why })
    }
    for (const [key, child] of Object.entries(node.states ?? {})) walk(child, [...path, key])
  }
  walk(machine.config as NodeConfig, [])
  for (const name of Object.keys(machine.implementations.actions)) {
    const why = problemOf(name, machine, known)
    if (why) found.push({ where: `setup.actions.${name}`, why })
  }
  return found
}
