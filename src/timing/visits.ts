import type { AuditEntry } from '../engine/index.ts'

/** One stay of a task in somebody's tray, from its opening to its closing. */
export interface Visit {
  task: string
  state: string
  for: string[]
  openedAt: Date
  seenAt: Date | null
  dueAt: Date | null
  /** Null while it is open. */
  closedAt: Date | null
}

const seenTasks = ({ kind, data }: AuditEntry): string[] =>
  kind === 'seen' && Array.isArray(data) ? data.filter((id) => typeof id === 'string') : []

/** Every task of one instance, in order of opening. @param audit its entries, oldest first */
export function visitsOf(audit: readonly AuditEntry[]): Visit[] {
  const visits = new Map<string, Visit>()
  for (const entry of audit) {
    for (const { task, state, for: keys, dueAt } of entry.opened)
      visits.set(task, { task, state, for: keys, dueAt, openedAt: entry.at, seenAt: null, closedAt: null })
    for (const task of seenTasks(entry)) {
      const visit = visits.get(task)
      if (visit) visit.seenAt ??= entry.at
    }
    for (const { task, seenAt } of entry.closed) {
      const visit = visits.get(task)
      if (!visit) continue
      visit.seenAt ??= seenAt
      visit.closedAt = entry.at
    }
  }
  return [...visits.values()]
}
