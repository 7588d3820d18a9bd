import { Router } from 'express'
import { actorOf, callerOf } from '../caller.ts'
import { inputOf } from '../input.ts'
import type { Parts } from '../parts.ts'
import { taskQuery } from './schemas.ts'
import { showTrayItem } from './show.ts'

/** GET `/tasks`, the caller's tray, and `/me`, who the caller is. */
export function deskRoutes({ engine }: Pick<Parts, 'engine'>): Router {
  const router = Router()

  router.get('/tasks', async (request, response) => {
    const { lang: _lang, ...query } = inputOf(taskQuery, request.query)
    const { items, next } = await engine.tasks({ ...query, actor: actorOf(response) })
    response.json({ items: items.map(showTrayItem), next })
  })

  router.get('/me', async (_request, response) => {
    const actor = actorOf(response)
    const posts = actor.posts.map(({ position, title, unit, capacity }) => ({ position, title, unit, capacity }))
    const tasks = await engine.countTasks(actor)
    response.json({ id: actor.person, name: actor.name, language: callerOf(response).language, posts, tasks })
  })

  return router
}
