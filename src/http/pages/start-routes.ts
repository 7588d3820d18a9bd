import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { WorkflowDefinition } from '../../engine/index.ts'
import { type AppError, notFound } from '../../platform/index.ts'
import { actorOf } from '../caller.ts'
import { runStart } from '../commands.ts'
import { inputOf } from '../input.ts'
import { statusOf } from '../problem.ts'
import { type Desk, languageOfPage, newKey, refusalIn, refusalOf, show } from './desk.ts'
import { type Body, dataOf, keepTyped, markIssues } from './form-data.ts'
import { fieldsOf, type Schema } from './schema-fields.ts'
import { takeFiles } from './uploads.ts'

const keyed = z.object({ _key: z.string().min(8).max(200) })

/** A workflow that people may start. @throws AppError workflow.not-found */
function definitionOf({ parts }: Desk, id: string): WorkflowDefinition {
  const found = parts.engine.workflows.findLast((each) => each.id === id && each.starters.length > 0)
  if (!found) throw notFound('workflow.not-found', `nobody starts ${id}`, { details: { workflow: id } })
  return found
}

function fieldsFor(response: Response, definition: WorkflowDefinition) {
  const schema = z.toJSONSchema(definition.start, { io: 'input', unrepresentable: 'any' }) as Schema
  const [post] = actorOf(response).posts
  return fieldsOf(schema, { posts: [], values: { [definition.unit]: post?.unit } })
}

interface Drawing {
  request: Request
  response: Response
  definition: WorkflowDefinition
  refused?: { error: AppError; body: Body }
}

async function draw(desk: Desk, { request, response, definition, refused }: Drawing): Promise<void> {
  const fresh = fieldsFor(response, definition)
  const fields = refused ? markIssues(keepTyped(fresh, refused.body), refused.error.details.issues) : fresh
  const refusal = refused ? refusalOf(refused.error, languageOfPage(response)) : null
  const model = { workflow: definition.id, title: definition.title, key: newKey(), refusal, fields }
  const status = refused ? statusOf(refused.error) : 200
  await show(desk, 'start', model, { request, response, current: null, status })
}

/** Starting any process that has no form of its own: the form comes from the schema of its start data. */
export function startRoutes(desk: Desk): Router {
  const router = Router()
  router.get('/start/:workflow', async (request, response) => {
    await draw(desk, { request, response, definition: definitionOf(desk, request.params.workflow) })
  })
  router.post('/start/:workflow', async (request, response) => {
    const actor = actorOf(response)
    const definition = definitionOf(desk, request.params.workflow)
    const body = request.body as Body
    try {
      const { _key: idempotencyKey } = inputOf(keyed, body)
      const files = await takeFiles(desk.parts, request, actor, actor.posts[0]?.unit ?? '')
      const data = dataOf(fieldsFor(response, definition), { body, zone: desk.rooms.zone, files })
      const instance = await runStart(desk.parts, { workflow: definition.id, data, actor, idempotencyKey })
      response.redirect(303, `/instances/${instance._id}?done=sent`)
    } catch (thrown) {
      await draw(desk, { request, response, definition, refused: { error: refusalIn(thrown), body } })
    }
  })
  return router
}
