import type { AuditEntry, Instance, WorkflowDefinition } from '../../engine/index.ts'
import type { HistoryEntry } from '../views/index.ts'
import { factOf } from './facts.ts'
import type { Tree } from './holders.ts'

const ENTRIES_MAX = 500

/** The words somebody left with an act. */
export function noteOf({ data }: AuditEntry): string | null {
  if (!data || typeof data !== 'object' || Array.isArray(data)) return null
  const said = [data.note, data.reason, data.text].find((each) => typeof each === 'string' && each !== '')
  return typeof said === 'string' ? said : null
}

const isTold = ({ kind, by }: AuditEntry): boolean =>
  kind === 'start' || kind === 'seen' || (kind === 'event' && by !== null)

function entryOf(entry: AuditEntry, instance: Instance, workflows: readonly WorkflowDefinition[]): HistoryEntry {
  const definition = workflows.find(({ id, version }) => id === instance.workflow && version === instance.version)
  const kind = entry.kind === 'start' || entry.kind === 'seen' || entry.kind === 'event' ? entry.kind : 'system'
  const [closed] = entry.closed
  return {
    id: `${instance._id}-${entry.seq}`,
    at: entry.at,
    kind,
    what: kind === 'event' ? (definition?.eventTitles[entry.event] ?? null) : null,
    who: entry.by?.name ?? null,
    post: entry.by?.title ?? null,
    branch: instance.parent ? factOf(instance.summary, 'to') : null,
    note: noteOf(entry),
    workingMs: closed?.workingMs ?? entry.workingMs,
    wallMs: closed?.wallMs ?? entry.wallMs,
  }
}

/** What people did in the whole tree, oldest first; beginnings of branches are told by the act that made them. */
export function historyOf(tree: Tree, workflows: readonly WorkflowDefinition[]): HistoryEntry[] {
  const entries = tree.all.flatMap((instance) => {
    const told = (tree.audits.get(instance._id) ?? []).filter(isTold)
    const own = instance.parent ? told.filter(({ kind }) => kind !== 'start') : told
    return own.map((entry) => entryOf(entry, instance, workflows))
  })
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-ENTRIES_MAX)
}
