import { type Request, type Response, Router } from 'express'
import type { Actor, TaskItem } from '../../engine/index.ts'
import { callerOf } from '../caller.ts'
import type { AgeBand, TrayGroup, TrayItem, TrayModel, Urgency } from '../views/index.ts'
import { type Desk, show } from './desk.ts'
import { factOf, titleOf, urgencyOf } from './facts.ts'

const TASKS_SHOWN = 100
const BANDS: readonly AgeBand[] = ['today', 'recent', 'old']
const URGENCIES: readonly Urgency[] = ['sangat-segera', 'segera', 'biasa']

/** Ordinary office days. Source: Perpres 21/2023, 37.5 hours in five days. */
const OFFICE_DAY_MS = 7.5 * 3_600_000
const RECENT_DAYS = 3

/** By working time: what came in on Friday afternoon is no three days old on Monday. */
function ageOf(waitedMs: number): AgeBand {
  if (waitedMs < OFFICE_DAY_MS) return 'today'
  return waitedMs < RECENT_DAYS * OFFICE_DAY_MS ? 'recent' : 'old'
}

interface Filed {
  urgency: Urgency
  age: AgeBand
  item: TrayItem
}

function fileTask({ parts, rooms }: Desk, task: TaskItem, actor: Actor): Filed {
  const { summary, priority, unit } = task
  const now = rooms.clock()
  const { openedAt, dueAt, seenAt, title, for: keys } = task.task
  const waitedMs = rooms.elapsedMs(unit, openedAt, now)
  const post = actor.posts.find((each) => each.keys.some((key) => keys.includes(key)))
  const item: TrayItem = {
    href: `/instances/${task.instance}`,
    subject: summary.title,
    reference: summary.reference ?? null,
    sender: factOf(summary, 'from'),
    workflow: titleOf(parts.engine.workflows, task.workflow),
    task: title,
    post: actor.posts.length > 1 ? (post?.title ?? null) : null,
    since: openedAt,
    waitedMs,
    dueAt,
    late: dueAt !== null && dueAt < now,
    seen: seenAt !== null,
  }
  return { urgency: urgencyOf(summary, priority), age: ageOf(waitedMs), item }
}

function groupsOf(filed: readonly Filed[]): TrayGroup[] {
  return URGENCIES.flatMap((urgency) => {
    const mine = filed.filter((each) => each.urgency === urgency)
    const bands = BANDS.map((age) => ({
      age,
      items: mine
        .filter((each) => each.age === age)
        .map(({ item }) => item)
        .toSorted((a, b) => a.since.getTime() - b.since.getTime()),
    }))
    return mine.length > 0
      ? [{ urgency, count: mine.length, bands: bands.filter(({ items }) => items.length > 0) }]
      : []
  })
}

async function trayModel(desk: Desk, actor: Actor, cursor: string | undefined): Promise<TrayModel> {
  const { engine } = desk.parts
  const [{ items, next }, total] = await Promise.all([
    engine.tasks({ actor, cursor, limit: TASKS_SHOWN }),
    engine.countTasks(actor),
  ])
  const filed = items.map((task) => fileTask(desk, task, actor))
  return {
    total,
    late: filed.filter(({ item }) => item.late).length,
    unseen: filed.filter(({ item }) => !item.seen).length,
    groups: groupsOf(filed),
    next: next && `/?cursor=${encodeURIComponent(next)}`,
  }
}

/** The desk of the reader; strangers are led to the sign-in. */
export function trayRoutes(desk: Desk): Router {
  const router = Router()
  router.get('/', async (request: Request, response: Response) => {
    const { actor } = callerOf(response)
    if (!actor) return response.redirect(303, '/sign-in')
    const { cursor } = request.query
    const model = await trayModel(desk, actor, typeof cursor === 'string' ? cursor : undefined)
    const notice = request.query.done === 'sent' ? { kind: 'sent' as const, detail: null } : null
    await show(desk, 'tray', model, { request, response, current: 'tray', notice })
  })
  return router
}
