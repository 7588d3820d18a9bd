import { Router } from 'express'
import { z } from 'zod'
import type { Instance } from '../../engine/index.ts'
import { forbidden } from '../../platform/index.ts'
import { actorOf } from '../caller.ts'
import type { LetterRow, LettersModel } from '../views/index.ts'
import { bookUnits, type Desk, isAdmin, registrarUnits, show } from './desk.ts'
import { factOf, momentOf, secrecyOf, stageOf, urgencyOf } from './facts.ts'
import { localDay } from './zone.ts'

const ROWS = 30
const TRAYS_MAX = 20

const lettersQuery = z.object({
  q: z.string().trim().max(200).catch('').default(''),
  status: z.enum(['all', 'active', 'done']).catch('all').default('all'),
  cursor: z.string().max(500).optional().catch(undefined),
})

const bookQuery = z.object({
  unit: z.string().max(60).optional().catch(undefined),
  year: z.coerce.number().int().min(1945).max(9999).optional().catch(undefined),
  q: z.string().trim().max(200).catch('').default(''),
  cursor: z.string().max(500).optional().catch(undefined),
})

/** A link to the same list from `cursor` on; null when the list ends. */
function nextLink(path: string, query: Record<string, string>, cursor: string | null): string | null {
  return cursor === null ? null : `${path}?${new URLSearchParams({ ...query, cursor })}`
}

/** Trays in which a letter lies now: its own, else those of its branches. */
async function traysOf({ engine }: Desk['parts'], { _id, status, tasks }: Instance): Promise<string[]> {
  const below = tasks.length === 0 && status === 'active' ? await engine.openBranches(_id) : []
  return [...new Set([...tasks, ...below].flatMap((each) => each.for))].slice(0, TRAYS_MAX)
}

async function rowOf({ parts, rooms }: Desk, instance: Instance): Promise<LetterRow> {
  const { summary, tasks } = instance
  const keys = await traysOf(parts, instance)
  const holders = keys.length > 0 ? await parts.organization.directory.holdersOf(keys) : []
  const dueAt = tasks.find((task) => task.dueAt)?.dueAt ?? null
  return {
    href: `/instances/${instance._id}`,
    agenda: summary.reference ?? null,
    subject: summary.title,
    sender: factOf(summary, 'from'),
    number: factOf(summary, 'number'),
    receivedAt: momentOf(summary, 'receivedAt'),
    urgency: urgencyOf(summary, instance.priority),
    secrecy: secrecyOf(summary),
    status: instance.status,
    stage: stageOf(parts.engine.workflows, instance),
    holders: [...new Set(holders.map(({ title }) => title))],
    dueAt,
    late: dueAt !== null && dueAt < rooms.clock(),
  }
}

/** Letters the reader may read: the list, and the agenda book of a unit and year. */
export function listRoutes(desk: Desk): Router {
  const router = Router()
  const { parts, rooms } = desk

  router.get('/letters', async (request, response) => {
    const actor = actorOf(response)
    const { q, status, cursor } = lettersQuery.parse(request.query)
    const wanted = status === 'all' ? undefined : status
    const found = await parts.engine.instances({
      actor,
      cursor,
      workflow: 'incoming-letter',
      status: wanted,
      text: q || undefined,
      limit: ROWS,
    })
    const model: LettersModel = {
      rows: await Promise.all(found.items.map((instance) => rowOf(desk, instance))),
      text: q,
      status,
      next: nextLink('/letters', { q, status }, found.next),
      mayRegister: registrarUnits(actor).length > 0,
    }
    await show(desk, 'letters', model, { request, response, current: 'letters' })
  })

  router.get('/agenda', async (request, response) => {
    const actor = actorOf(response)
    const all = await parts.organization.directory.units()
    const mine = bookUnits(actor)
    const units = all
      .filter(({ _id }) => isAdmin(actor) || mine.includes(_id))
      .map(({ _id, name }) => ({ id: _id, name }))
    const query = bookQuery.parse(request.query)
    const unit = units.find(({ id }) => id === query.unit) ?? units[0]
    if (!unit) throw forbidden('instance.forbidden', 'no agenda book is open to this post')
    const thisYear = Number(localDay(rooms.clock(), rooms.zone).slice(0, 4))
    const year = query.year ?? thisYear
    const { q: text, cursor = null } = query
    const [years, page] = await Promise.all([
      rooms.agenda.years(unit.id),
      rooms.agenda.page({ actor, unit: unit.id, year, text, cursor }),
    ])
    const listed = [...new Set([thisYear, year, ...years])].toSorted((a, b) => b - a)
    const next = nextLink('/agenda', { unit: unit.id, year: String(year), q: text }, page.next)
    const mayRegister = registrarUnits(actor).includes(unit.id)
    const model = { unit, units, year, years: listed, text, rows: page.rows, total: page.total, next, mayRegister }
    await show(desk, 'agenda', model, { request, response, current: 'agenda' })
  })

  return router
}
