import { type Actor, actAs, keysOf } from './actor.ts'
import { allowedBy, keysFor, keysForAll } from './assignee.ts'
import type { ActingPerson, Explanation, StateMeta } from './definition.ts'
import type { Instance, Json, Task } from './instance.ts'
import type { Process } from './registry.ts'

/** What a person may do with an event in an instance's present state. */
export type Right =
  | { kind: 'granted'; by: ActingPerson; task: Task | null }
  /** Some active state offers the event, but to somebody else. */
  | { kind: 'not-yours' }
  /** No active state offers it. */
  | { kind: 'not-offered' }

/** Paths of all active states, the root first. */
export function activeStates(value: Json): string[] {
  const paths: string[] = ['']
  const walk = (part: Json, prefix: string) => {
    if (typeof part === 'string') paths.push(prefix + part)
    else if (part && typeof part === 'object' && !Array.isArray(part))
      for (const [key, child] of Object.entries(part)) {
        paths.push(prefix + key)
        walk(child, `${prefix}${key}.`)
      }
  }
  walk(value, '')
  return paths
}

/** The `meta` of every active state; none once the instance has ended. */
export function activeMeta(process: Process, instance: Instance): StateMeta[] {
  if (instance.endedAt) return []
  return activeStates(instance.value).flatMap((state) => process.meta.get(state) ?? [])
}

/** The one place where it is decided whether a person may send an event: a task of theirs, or a right by `may`. */
export function rightTo(process: Process, instance: Instance, type: string, actor: Actor): Right {
  let offered = false
  for (const task of instance.tasks) {
    if (!task.events.includes(type)) continue
    offered = true
    const by = actAs(actor, task.for)
    if (by) return { kind: 'granted', by, task }
  }
  for (const meta of activeMeta(process, instance)) {
    const assignees = allowedBy(meta, type)
    if (assignees.length === 0) continue
    offered = true
    const by = actAs(actor, keysForAll(assignees, instance.context))
    if (by) return { kind: 'granted', by, task: null }
  }
  return { kind: offered ? 'not-yours' : 'not-offered' }
}

/** Who starts, from the start data; null when the actor may not. */
export function starterOf(process: Process, data: Json, actor: Actor): ActingPerson | null {
  const keys = process.definition.starters.flatMap((assignee) => keysFor(assignee, data))
  return actAs(actor, keys)
}

/** Whether any of the actor's keys opens the instance or its root to them. */
export const holdsAccess = (instance: Pick<Instance, 'access'>, actor: Actor): boolean =>
  keysOf(actor).some((key) => instance.access.includes(key))

/** The workflow's own reason why an event it knows is not possible now, if it names one. */
export function explanationOf(process: Process, instance: Instance, type: string): Explanation | null {
  const reasons = process.definition.refusals[type] ?? []
  return reasons.find((reason) => reason.when(instance.context)) ?? null
}
