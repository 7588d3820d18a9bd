import { type AnyMachineSnapshot, type AnyStateMachine, createMachine, initialTransition, transition } from 'xstate'
import type { Json } from './instance.ts'
import { strictJson, toJson } from './json.ts'

/** The part of an XState snapshot that is kept; children and actors are the engine's own business. */
export interface MachineState {
  status: 'active' | 'done' | 'error'
  value: Json
  context: Record<string, Json>
  /** State id of a history's parent → ids of the remembered state nodes. */
  historyValue: Record<string, string[]>
  output: Json
  /** Why `status` is `error`. */
  error: string | null
}

/** What a transition asks for, in order. State paths: keys joined by dots, `''` for the root. */
export type KernelAction =
  | { type: 'entered' | 'left'; state: string }
  /** Without an id it cannot be cancelled, and several may run beside each other. */
  | { type: 'timer'; id: string | null; event: { type: string; [key: string]: Json }; delayMs: number }
  | { type: 'cancel-timer'; id: string }
  | { type: 'spawn'; id: string; src: string; input: Json }
  | { type: 'stop'; id: string }
  | { type: 'emit'; event: Json }
  | { type: 'effect'; name: string; params: Json }

export interface Step {
  state: MachineState
  /** False when the machine does not react to the event: nothing may be written. */
  changed: boolean
  actions: KernelAction[]
}

export interface Kernel {
  start(input: unknown): Step
  /** `children` are the XState ids of open invocations, so that `stopChild` finds them. */
  step(state: MachineState, children: readonly string[], event: { type: string }): Step
}

const ENTERED = 'mahakam.entered'
const LEFT = 'mahakam.left'

type Config = { entry?: unknown; exit?: unknown; states?: Record<string, Config> }

const list = (actions: unknown): unknown[] => (actions === undefined ? [] : [actions].flat())

/**
 * Copies a machine's config with a marker as first entry and last exit action of every state. `transition()` lists
 * the markers among its actions, which tells exactly which states were left and entered in which order, re-entries
 * and states passed through included, by nothing but XState's public behaviour.
 */
function withMarkers(config: Config, path: readonly string[]): Config {
  const params = { state: path.join('.') }
  const marked: Config = {
    ...config,
    entry: [{ type: ENTERED, params }, ...list(config.entry)],
    exit: [...list(config.exit), { type: LEFT, params }],
  }
  if (config.states) {
    marked.states = Object.fromEntries(
      Object.entries(config.states).map(([key, child]) => [key, withMarkers(child, [...path, key])]),
    )
  }
  return marked
}

/** History states take no entry and exit actions. */
function withoutHistoryMarkers(config: Config & { type?: string; history?: unknown }): Config {
  const states = config.states && Object.entries(config.states)
  if (!states) return config
  config.states = Object.fromEntries(
    states.map(([key, child]) => {
      const { type, history } = child as { type?: string; history?: unknown }
      if (type !== 'history' && history === undefined) return [key, withoutHistoryMarkers(child)]
      const { entry: _entry, exit: _exit, ...rest } = child
      return [key, rest]
    }),
  )
  return config
}

interface RawAction {
  type: string
  params?: Record<string, unknown>
}

function kernelAction({ type, params = {} }: RawAction): KernelAction | null {
  switch (type) {
    case ENTERED:
      return { type: 'entered', state: String(params.state) }
    case LEFT:
      return { type: 'left', state: String(params.state) }
    case 'xstate.raise':
      // Without a delay the event was already taken within the same macrostep.
      if (typeof params.delay !== 'number') return null
      return {
        type: 'timer',
        id: params.id === undefined ? null : String(params.id),
        event: strictJson(params.event, 'delayed event') as { type: string },
        delayMs: params.delay,
      }
    case 'xstate.cancel':
      return { type: 'cancel-timer', id: String(params.sendId) }
    case 'xstate.spawnChild':
      return {
        type: 'spawn',
        id: String(params.id),
        src: String(params.src),
        input: strictJson(params.input, `input of ${params.id}`),
      }
    case 'xstate.stopChild':
      // The reference itself comes as params, see `children` in restore().
      return typeof params.id === 'string' ? { type: 'stop', id: params.id } : null
    case 'xstate.emit':
      return { type: 'emit', event: strictJson(params.event, 'emitted event') }
    case 'xstate.log':
      return null
    default:
      if (type.startsWith('xstate.')) throw new Error(`action ${type} has no durable meaning`)
      return { type: 'effect', name: type, params: strictJson(params, `params of ${type}`) }
  }
}

function toState(snapshot: AnyMachineSnapshot): MachineState {
  const history = snapshot.historyValue as Record<string, { id: string }[]>
  return {
    status: snapshot.status === 'stopped' ? 'done' : snapshot.status,
    value: toJson(snapshot.value),
    context: strictJson(snapshot.context, 'context') as Record<string, Json>,
    historyValue: Object.fromEntries(Object.entries(history).map(([id, nodes]) => [id, nodes.map((node) => node.id)])),
    output: strictJson(snapshot.output, 'output'),
    error: snapshot.status === 'error' ? String((snapshot.error as Error)?.message ?? snapshot.error) : null,
  }
}

function restore(machine: AnyStateMachine, state: MachineState, children: readonly string[]): AnyMachineSnapshot {
  const historyValue = Object.fromEntries(
    Object.entries(state.historyValue).map(([id, nodes]) => [id, nodes.map((node) => ({ id: node }))]),
  )
  const { status, value, context } = state
  // The persisted shape of XState, built from our own; a renamed state throws here and nothing is written.
  const stored = { status, value, context, historyValue, children: {} } as never
  const snapshot = machine.restoreSnapshot(stored, undefined as never) as AnyMachineSnapshot
  // No child actor lives; a bare reference is enough for stopChild to name its target.
  for (const id of children) snapshot.children[id] = { id } as never
  return snapshot
}

/** `spawn` inside `assign` starts an actor that no action tells of: it would be lost with the process. */
function assertToldOf(
  snapshot: AnyMachineSnapshot,
  children: readonly string[],
  actions: readonly KernelAction[],
): void {
  const told = new Set(children)
  for (const action of actions) if (action.type === 'spawn') told.add(action.id)
  for (const id of Object.keys(snapshot.children))
    if (!told.has(id)) throw new Error(`child ${id} was spawned inside assign: use the action spawnChild`)
}

/**
 * The only place that runs XState: `transition()` on data, never an actor. Throws what a guard or an `assign` throws,
 * which is a defect of the workflow.
 */
export function createKernel(machine: AnyStateMachine): Kernel {
  const config = withoutHistoryMarkers(withMarkers(machine.config as Config, []))
  const marked = createMachine(config as never, machine.implementations as never) as AnyStateMachine
  const read = (raw: readonly unknown[]) =>
    raw.map((action) => kernelAction(action as RawAction)).filter((action) => action !== null)
  return {
    start(input) {
      const [snapshot, actions] = (
        initialTransition as (logic: AnyStateMachine, input: unknown) => [AnyMachineSnapshot, unknown[]]
      )(marked, input)
      const asked = read(actions)
      assertToldOf(snapshot, [], asked)
      return { state: toState(snapshot), changed: true, actions: asked }
    },
    step(state, children, event) {
      const before = restore(marked, state, children)
      const [after, actions] = transition(marked, before, event as never) as [AnyMachineSnapshot, unknown[]]
      // A re-entry, or a transition that only asks for effects, may give the same snapshot back.
      if (after === before && actions.length === 0) return { state, changed: false, actions: [] }
      const asked = read(actions)
      assertToldOf(after, children, asked)
      return { state: toState(after), changed: true, actions: asked }
    },
  }
}
