import { Router } from 'express'
import { z } from 'zod'
import { forbidden } from '../../platform/index.ts'
import { actorOf } from '../caller.ts'
import { type Desk, isAdmin, show } from './desk.ts'
import { zonedIso } from './zone.ts'

const SPAN_DAYS = 90
const DAY_MS = 86_400_000
const iso = z.iso.date().optional().catch(undefined)
const query = z.object({ unit: z.string().max(60).optional().catch(undefined), from: iso, to: iso })

/** The admin's page: how long steps take. */
export function timingRoutes(desk: Desk): Router {
  const router = Router()
  const { parts, rooms } = desk
  router.get('/timing', async (request, response) => {
    if (!isAdmin(actorOf(response))) throw forbidden('instance.forbidden', 'timing is for admins')
    const asked = query.parse(request.query)
    const units = (await parts.organization.directory.units()).map(({ _id, name }) => ({ id: _id, name }))
    const unit = units.find(({ id }) => id === asked.unit)?.id ?? null
    const at = (day: string, clock: string) => new Date(zonedIso(`${day}T${clock}`, rooms.zone))
    const to = asked.to ? at(asked.to, '23:59') : rooms.clock()
    const from = asked.from ? at(asked.from, '00:00') : new Date(to.getTime() - SPAN_DAYS * DAY_MS)
    const figures = await rooms.timing.steps({ unit, from, to, now: rooms.clock() })
    await show(desk, 'timing', { from, to, units, unit, ...figures }, { request, response, current: 'timing' })
  })
  return router
}
