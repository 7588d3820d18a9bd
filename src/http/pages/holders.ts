import type { AuditEntry, Instance } from '../../engine/index.ts'
import type { Journey } from '../../timing/index.ts'
import type { HolderNode, HolderState } from '../views/index.ts'
import type { Desk } from './desk.ts'
import { factOf, momentOf, stageOf } from './facts.ts'

export interface Tree {
  root: Instance
  all: readonly Instance[]
  /** Whole history by instance. */
  audits: ReadonlyMap<string, readonly AuditEntry[]>
  journey: Journey | null
}

const STOPPED = new Set(['recalled', 'returned', 'released'])

/** How a finished branch ended, if it says so. */
function endingOf({ output }: Instance): string | null {
  const status = output && typeof output === 'object' && !Array.isArray(output) ? output.status : null
  return typeof status === 'string' ? status : null
}

function stateOf(instance: Instance, hasBranches: boolean): HolderState {
  if (instance.status === 'stopped' || STOPPED.has(endingOf(instance) ?? '')) return 'stopped'
  if (instance.status === 'done') return 'done'
  const [task] = instance.tasks
  return task && task.seenAt === null && !hasBranches ? 'unseen' : 'seen'
}

/** Time used and allowed, read off the journey; before it is known, off the clock of the unit. */
function timesOf(desk: Desk, instance: Instance, { journey }: Tree, dueAt: Date | null) {
  const branch = journey?.branches.find((each) => each.instance === instance._id)
  const { rooms } = desk
  const end = instance.endedAt ?? rooms.clock()
  const people = branch?.stretches.filter(({ kind }) => kind !== 'machine')
  const usedMs = people
    ? people.reduce((sum, stretch) => sum + stretch.workingMs, 0)
    : rooms.elapsedMs(instance.unit, instance.startedAt, end)
  const allowed = people?.findLast(({ allowedWorkingMs }) => allowedWorkingMs !== null)?.allowedWorkingMs
  const fromDue = dueAt ? rooms.elapsedMs(instance.unit, instance.startedAt, dueAt) : null
  const late = people?.some((stretch) => stretch.late) ?? (dueAt !== null && end > dueAt)
  return { usedMs, allowedMs: allowed ?? fromDue, late }
}

interface Hand {
  post: string | null
  person: string | null
}

/** Whoever holds it now; of what is over, whoever acted last. */
async function handOf({ parts }: Desk, instance: Instance, tree: Tree): Promise<Hand> {
  const entries = tree.audits.get(instance._id) ?? []
  // A branch belongs to whoever it was given to, also while its giver judges the report.
  const given = instance.parent ? entries.flatMap(({ opened }) => opened)[0] : instance.tasks[0]
  if (given && instance.status === 'active') {
    const holders = await parts.organization.directory.holdersOf(given.for)
    const posts = [...new Set(holders.map(({ title }) => title))]
    const person = holders.length === 1 ? holders[0]?.name || null : null
    return { post: posts.join(', ') || null, person }
  }
  const last = entries.findLast(({ kind, by }) => kind === 'event' && by)?.by
  return { post: null, person: last?.name ?? null }
}

/** A branch goes by the post it was given to, the letter by whoever has it, else by who directs it. */
const postOf = ({ parent, summary }: Instance, hand: Hand): string =>
  (parent ? factOf(summary, 'to') : hand.post) ?? factOf(summary, 'reviewer') ?? summary.title

async function postsNow({ parts }: Desk, { status, tasks }: Instance): Promise<string[]> {
  const keys = [...new Set(tasks.flatMap((task) => task.for))]
  if (status !== 'active' || keys.length === 0) return []
  const holders = await parts.organization.directory.holdersOf(keys)
  return [...new Set(holders.map(({ title }) => title))]
}

async function nodeOf(desk: Desk, instance: Instance, tree: Tree): Promise<HolderNode> {
  const below = tree.all.filter(({ parent }) => parent?.instance === instance._id)
  const { summary } = instance
  const state = stateOf(instance, below.length > 0)
  const dueAt = instance.tasks.find((task) => task.dueAt)?.dueAt ?? momentOf(summary, 'dueAt')
  const hand = await handOf(desk, instance, tree)
  return {
    instance: instance._id,
    post: postOf(instance, hand),
    person: hand.person,
    now: await postsNow(desk, instance),
    state,
    stage: state === 'unseen' || state === 'seen' ? stageOf(desk.parts.engine.workflows, instance) : null,
    task: factOf(summary, 'instructions'),
    note: factOf(summary, 'note'),
    since: instance.startedAt,
    until: instance.endedAt,
    dueAt,
    ...timesOf(desk, instance, tree, dueAt),
    children: await Promise.all(below.map((child) => nodeOf(desk, child, tree))),
  }
}

/** The tree of who holds what, from whoever directs the root down. */
export async function holdersOf(desk: Desk, tree: Tree): Promise<HolderNode[]> {
  const { root } = tree
  const directed = factOf(root.summary, 'reviewer') !== null || tree.all.length > 1
  return directed ? [await nodeOf(desk, root, tree)] : []
}
