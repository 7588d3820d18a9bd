import type { Calendar } from '../calendar/index.ts'
import type { AuditEntry, Instance, Json, Label } from '../engine/index.ts'
import type { Branch, Journey, Stretch } from './journey.ts'
import type { KnownWorkflows, WorkflowFacts } from './titles.ts'
import { type Visit, visitsOf } from './visits.ts'

export interface JourneyParts {
  /** Root first. */
  tree: readonly Instance[]
  /** Whole history by instance id, oldest first. */
  audits: ReadonlyMap<string, readonly AuditEntry[]>
  now: Date
  calendarOf(unit: string): Calendar
  /** Who sits behind tray keys, for people; null for nobody. */
  holderOf(keys: readonly string[]): string | null
  workflows: KnownWorkflows
  remaining: Journey['remaining']
}

const NAMELESS: Label = { id: '', en: '' }

/** Paths of active states, deepest first, later regions before earlier ones. */
function activePaths(value: Json, prefix = ''): string[] {
  if (typeof value === 'string') return [prefix + value]
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return []
  return Object.entries(value)
    .toReversed()
    .flatMap(([key, child]) => [...activePaths(child, `${prefix}${key}.`), prefix + key])
}

type Pace = Pick<Stretch, 'title' | 'holder' | 'for' | 'kind'> & { key: string; visit: Visit | null }

/** In whose hands the instance is right after `entry`: the oldest open task, or the machine, or those below. */
function paceAfter(
  entry: AuditEntry,
  visits: readonly Visit[],
  facts: WorkflowFacts | undefined,
  holderOf: JourneyParts['holderOf'],
): Pace {
  const open = visits.find(({ openedAt, closedAt }) => openedAt <= entry.at && (!closedAt || closedAt > entry.at))
  if (open) {
    const isSeen = open.seenAt !== null && open.seenAt <= entry.at
    const title = facts?.states.get(open.state)?.task ?? NAMELESS
    const kind = isSeen ? 'acting' : 'waiting'
    return { key: `${open.task}:${kind}`, title, holder: holderOf(open.for), for: open.for, kind, visit: open }
  }
  const path = activePaths(entry.to).find((each) => facts?.states.get(each)?.title)
  const state = path === undefined ? undefined : facts?.states.get(path)
  const kind = state && !state.isMachine ? 'waiting' : 'machine'
  return { key: `${path}:${kind}`, title: state?.title ?? NAMELESS, holder: null, for: [], kind, visit: null }
}

interface Span {
  pace: Pace
  from: Date
  to: Date | null
}

/** The time between consecutive entries, neighbours in the same hands joined; nothing is left out or counted twice. */
function spansOf(instance: Instance, audit: readonly AuditEntry[], paceAt: (entry: AuditEntry) => Pace): Span[] {
  const spans: Span[] = []
  for (const [index, entry] of audit.entries()) {
    const next = audit[index + 1]
    if (!next && instance.endedAt) break
    const pace = paceAt(entry)
    const to = next?.at ?? null
    const last = spans.at(-1)
    if (last && last.pace.key === pace.key) last.to = to
    else if (!next || next.at > entry.at) spans.push({ pace, from: entry.at, to })
  }
  return spans
}

function stretchOf(instance: Instance, { pace, from, to }: Span, now: Date, calendar: Calendar): Stretch {
  const { title, holder, kind, visit } = pace
  const end = to ?? now
  const dueAt = visit?.dueAt ?? null
  return {
    id: `${instance._id}:${from.getTime()}`,
    title,
    holder,
    for: pace.for,
    kind,
    from,
    to,
    wallMs: Math.max(0, end.getTime() - from.getTime()),
    workingMs: calendar.workingMsBetween(from, end),
    allowedWorkingMs: visit && dueAt ? calendar.workingMsBetween(visit.openedAt, dueAt) : null,
    late: dueAt !== null && end > dueAt,
  }
}

function branchOf(instance: Instance, parts: JourneyParts): Branch {
  const { workflow, version, unit } = instance
  const audit = parts.audits.get(instance._id) ?? instance.audit
  const facts = parts.workflows.get(`${workflow}@${version}`)
  const visits = visitsOf(audit)
  const first = visits[0]
  const spans = spansOf(instance, audit, (entry) => paceAfter(entry, visits, facts, parts.holderOf))
  return {
    instance: instance._id,
    parent: instance.parent?.instance ?? null,
    title: instance.summary.title,
    holder: first ? parts.holderOf(first.for) : null,
    forkedAt: instance.startedAt,
    joinedAt: instance.endedAt,
    open: instance.endedAt === null,
    stretches: spans.map((span) => stretchOf(instance, span, parts.now, parts.calendarOf(unit))),
  }
}

/** The whole way of a letter. Pure: the same instances, entries and moment give the same journey. */
export function journeyOf(parts: JourneyParts): Journey {
  const { tree, now, remaining } = parts
  const root = tree[0]
  const end = root?.endedAt ?? now
  return {
    branches: tree.map((instance) => branchOf(instance, parts)),
    now,
    wallMs: root ? Math.max(0, end.getTime() - root.startedAt.getTime()) : 0,
    workingMs: root ? parts.calendarOf(root.unit).workingMsBetween(root.startedAt, end) : 0,
    remaining,
  }
}
