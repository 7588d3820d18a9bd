import { Router } from 'express'
import { actorOf } from '../caller.ts'
import { runSend, runStart } from '../commands.ts'
import { idempotencyKeyOf, inputOf } from '../input.ts'
import type { Parts } from '../parts.ts'
import { instanceQuery, sendBody, startBody } from './schemas.ts'
import { showDocument, showInstance } from './show.ts'

/** `/instances`: starting, sending, reading. Rights, revisions and keys are the engine's to judge. */
export function instanceRoutes(parts: Pick<Parts, 'engine' | 'documents'>): Router {
  const { engine, documents } = parts
  const router = Router()

  router.post('/instances', async (request, response) => {
    const idempotencyKey = idempotencyKeyOf(request)
    const { workflow, data } = inputOf(startBody, request.body)
    const instance = await runStart(parts, { workflow, data, actor: actorOf(response), idempotencyKey })
    response.status(201).location(`/api/v1/instances/${instance._id}`).json(showInstance(instance))
  })

  router.post('/instances/:id/events', async (request, response) => {
    const idempotencyKey = idempotencyKeyOf(request)
    const { type, data = {}, revision } = inputOf(sendBody, request.body)
    const command = { instance: request.params.id, type, data, revision, actor: actorOf(response), idempotencyKey }
    response.json(showInstance(await runSend(parts, command)))
  })

  router.get('/instances', async (request, response) => {
    const { lang: _lang, ...query } = inputOf(instanceQuery, request.query)
    const { items, next } = await engine.instances({ ...query, actor: actorOf(response) })
    response.json({ items: items.map(showInstance), next })
  })

  router.get('/instances/:id', async (request, response) => {
    response.json(showInstance(await engine.read(request.params.id, actorOf(response))))
  })

  router.get('/instances/:id/events', async (request, response) => {
    response.json({ items: await engine.offers(request.params.id, actorOf(response)) })
  })

  router.get('/instances/:id/audit', async (request, response) => {
    response.json({ items: await engine.audit(request.params.id, actorOf(response)) })
  })

  router.get('/instances/:id/documents', async (request, response) => {
    const { _id, root } = await engine.read(request.params.id, actorOf(response))
    // A letter shows the papers of its whole tree, a branch its own.
    const found = _id === root ? await documents.ofRoot(root) : await documents.ofInstance(_id)
    response.json({ items: found.map(showDocument) })
  })

  return router
}
