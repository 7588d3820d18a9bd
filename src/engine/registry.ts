import { createHash } from 'node:crypto'
import type { AnyStateMachine } from 'xstate'
import { notFound, unprocessable } from '../platform/index.ts'
import { canonical } from './audit.ts'
import { type ActorRole, actorRole, type StateMeta, type WorkflowDefinition, type WorkingDelay } from './definition.ts'
import { undurableActions } from './durability.ts'
import type { ActivityDefinition } from './engine.ts'
import { createKernel, type Kernel } from './kernel.ts'

/** A registered workflow version with everything the decision needs, looked up once. */
export interface Process {
  readonly definition: WorkflowDefinition
  readonly kernel: Kernel
  readonly fingerprint: string
  /** State path → its meta. */
  readonly meta: ReadonlyMap<string, StateMeta>
  /** Ids used by `invoke`; any other spawned id is a `spawnChild`. */
  readonly invokes: ReadonlySet<string>
  readonly delays: ReadonlyMap<string, WorkingDelay>
  roleOf(src: string): ActorRole
}

export interface Registry {
  readonly processes: readonly Process[]
  /** The newest version. @throws AppError workflow.not-found */
  latest(id: string): Process
  /** The version an instance is pinned to. @throws AppError workflow.version-missing, workflow.changed */
  pinned(id: string, version: number, fingerprint: string): Process
}

interface NodeConfig {
  meta?: StateMeta
  invoke?: unknown
  states?: Record<string, NodeConfig>
}

type InvokeConfig = { id?: string; src?: unknown; input?: unknown }

function* nodesOf(config: NodeConfig, path: readonly string[] = []): Generator<[string, NodeConfig]> {
  yield [path.join('.'), config]
  for (const [key, child] of Object.entries(config.states ?? {})) yield* nodesOf(child, [...path, key])
}

/**
 * Fingerprint of a machine's structure: states, transitions, names. Functions count by position only, since their
 * text depends on the compiler; the contract test freezes the source itself.
 */
function fingerprintOf(definition: WorkflowDefinition): string {
  const structure = JSON.parse(
    JSON.stringify(
      { id: definition.id, version: definition.version, config: definition.machine.config },
      (_key, value) => (typeof value === 'function' ? 'function' : value),
    ),
  )
  return createHash('sha256').update(canonical(structure)).digest('hex').slice(0, 32)
}

const refuse = (definition: WorkflowDefinition, where: string, why: string): never => {
  throw new Error(`workflow ${definition.id} v${definition.version}, ${where || 'root'}: ${why}`)
}

function checkState(definition: WorkflowDefinition, path: string, node: NodeConfig): void {
  for (const event of [...(node.meta?.task?.events ?? []), ...Object.keys(node.meta?.may ?? {})]) {
    if (!definition.events[event]) refuse(definition, path, `event ${event} has no schema`)
    if (!definition.eventTitles[event]) refuse(definition, path, `event ${event} has no title`)
  }
}

function checkEvents(definition: WorkflowDefinition): void {
  for (const type of Object.keys(definition.events)) {
    if (type.startsWith('xstate.') || type === 'child.done') refuse(definition, '', `event name ${type} is reserved`)
  }
}

function collectInvokes(definition: WorkflowDefinition, machine: AnyStateMachine): Set<string> {
  const invokes = new Set<string>()
  for (const [path, node] of nodesOf(machine.config as NodeConfig)) {
    for (const invoke of [node.invoke ?? []].flat() as InvokeConfig[]) {
      if (!invoke.id) refuse(definition, path, 'every invoke needs a stable id')
      const { src } = invoke
      if (typeof src !== 'string') return refuse(definition, path, 'invoke by the name given in setup({ actors })')
      if (!Object.hasOwn(machine.implementations.actors, src)) refuse(definition, path, `unknown actor ${src}`)
      if (invokes.has(String(invoke.id))) refuse(definition, path, `invoke id ${invoke.id} is used twice`)
      invokes.add(String(invoke.id))
    }
  }
  return invokes
}

function rolesOf(machine: AnyStateMachine): Map<string, ActorRole> {
  const actors = machine.implementations.actors as Record<string, { [actorRole]?: ActorRole }>
  return new Map(Object.entries(actors).flatMap(([src, logic]) => (logic[actorRole] ? [[src, logic[actorRole]]] : [])))
}

function delaysOf(machine: AnyStateMachine): Map<string, WorkingDelay> {
  const delays = Object.entries(machine.implementations.delays as Record<string, unknown>)
  const isWorking = (entry: [string, unknown]): entry is [string, WorkingDelay] =>
    typeof entry[1] === 'function' && 'working' in entry[1]
  return new Map(delays.filter(isWorking))
}

function createProcess(definition: WorkflowDefinition, activities: ReadonlyMap<string, ActivityDefinition>): Process {
  const { machine } = definition
  const roles = rolesOf(machine)
  const actors = Object.keys(machine.implementations.actors)
  for (const src of actors) {
    const role = roles.get(src)
    if (!role) refuse(definition, src, 'an actor must be declared with activity() or workflow()')
    if (role?.kind === 'activity' && !activities.has(src)) refuse(definition, src, 'no activity of this name is known')
  }
  const meta = new Map<string, StateMeta>()
  for (const [path, node] of nodesOf(machine.config as NodeConfig)) {
    checkState(definition, path, node)
    if (node.meta) meta.set(path, node.meta)
  }
  checkEvents(definition)
  const delays = delaysOf(machine)
  const known = {
    isActivity: (name: string) => activities.has(name),
    isWorkingDelay: (name: string) => delays.has(name),
  }
  const [undurable] = undurableActions(machine, known)
  if (undurable) refuse(definition, undurable.where, undurable.why)
  return {
    definition,
    kernel: createKernel(machine),
    fingerprint: fingerprintOf(definition),
    meta,
    invokes: collectInvokes(definition, machine),
    delays,
    roleOf: (src) => roles.get(src) ?? refuse(definition, src, 'unknown actor'),
  }
}

/** Checks and indexes all workflows; whatever could not run durably is refused here, with its place. */
export function createRegistry(
  definitions: readonly WorkflowDefinition[],
  activities: ReadonlyMap<string, ActivityDefinition>,
): Registry {
  const byVersion = new Map<string, Process>()
  const latest = new Map<string, Process>()
  const ids = new Set(definitions.map(({ id }) => id))
  for (const definition of definitions) {
    for (const [src, role] of rolesOf(definition.machine))
      if (role.kind === 'workflow' && !ids.has(role.workflow))
        refuse(definition, src, `no workflow ${role.workflow} is known`)
    const key = `${definition.id}@${definition.version}`
    if (byVersion.has(key)) refuse(definition, '', 'is declared twice')
    const process = createProcess(definition, activities)
    byVersion.set(key, process)
    const newest = latest.get(definition.id)
    if (!newest || newest.definition.version < definition.version) latest.set(definition.id, process)
  }
  return {
    processes: [...byVersion.values()],
    latest(id) {
      const process = latest.get(id)
      if (!process) throw notFound('workflow.not-found', `no workflow ${id}`, { details: { workflow: id } })
      return process
    },
    pinned(id, version, fingerprint) {
      const process = byVersion.get(`${id}@${version}`)
      const details = { workflow: id, version }
      if (!process) throw unprocessable('workflow.version-missing', `no ${id} v${version}`, { details })
      if (process.fingerprint !== fingerprint)
        throw unprocessable('workflow.changed', `${id} v${version} is not what the instance started with`, { details })
      return process
    },
  }
}
