import type { Assignee, StateMeta } from './definition.ts'
import type { Json } from './instance.ts'

/** Value at a dotted path of a JSON object, or null. */
export function valueAt(data: Json, path: string): Json {
  let current: Json = data
  for (const key of path.split('.')) {
    if (current === null || typeof current !== 'object' || Array.isArray(current)) return null
    current = Object.hasOwn(current, key) ? (current[key] ?? null) : null
  }
  return current
}

const textAt = (data: Json, path: string): string | null => {
  const value = valueAt(data, path)
  return typeof value === 'string' && value !== '' ? value : null
}

/** Tray keys that an assignee stands for in this context; empty when its path holds nothing. */
export function keysFor(assignee: Assignee, context: Json): string[] {
  const place = assignee.from === undefined ? undefined : textAt(context, assignee.from)
  if (place === null) return []
  switch (assignee.kind) {
    case 'position':
      return [`position:${place}`]
    case 'unit':
      return [`unit:${place}`]
    case 'role':
      return [place === undefined ? `role:${assignee.role}` : `role:${assignee.role}@${place}`]
  }
}

export const keysForAll = (assignees: readonly Assignee[], context: Json): string[] => [
  ...new Set(assignees.flatMap((assignee) => keysFor(assignee, context))),
]

/** Assignees that a state's `may` names for an event. */
export function allowedBy(meta: StateMeta | undefined, event: string): readonly Assignee[] {
  const allowed = meta?.may?.[event]
  return allowed === undefined ? [] : ([allowed].flat() as readonly Assignee[])
}
