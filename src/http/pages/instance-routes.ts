import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Actor, Instance } from '../../engine/index.ts'
import type { AppError } from '../../platform/index.ts'
import { actorOf } from '../caller.ts'
import { runSend } from '../commands.ts'
import { inputOf } from '../input.ts'
import { statusOf } from '../problem.ts'
import type { Notice } from '../views/index.ts'
import { type Desk, languageOfPage, pageOf, refusalIn, refusalOf } from './desk.ts'
import { dispositionData } from './disposition.ts'
import { type Body, dataOf } from './form-data.ts'
import { type InstanceView, instanceModel } from './instance-model.ts'
import type { Schema } from './schema-fields.ts'
import { eventFields } from './todos.ts'
import { takeFiles } from './uploads.ts'

const sending = z.object({ _key: z.string().min(8).max(200), _revision: z.coerce.number().int().min(0) })

const LETTERS = new Set(['incoming-letter', 'disposition'])

/** Where the next step lies, for the line after an act. */
async function nextHolders({ parts }: Desk, instance: Instance): Promise<string | null> {
  const keys = [...new Set(instance.tasks.flatMap((task) => task.for))]
  if (keys.length === 0) return null
  const holders = await parts.organization.directory.holdersOf(keys)
  return [...new Set(holders.map(({ title }) => title))].slice(0, 3).join(', ') || null
}

async function noticeOf(desk: Desk, request: Request, instance: Instance): Promise<Notice | null> {
  const { done } = request.query
  if (done === 'registered') return { kind: 'registered', detail: instance.summary.reference ?? '…' }
  if (done === 'sent') return { kind: 'sent', detail: await nextHolders(desk, instance) }
  return null
}

interface Drawing {
  request: Request
  response: Response
  instance: Instance
  actor: Actor
  returned?: InstanceView['returned']
}

async function pageFor(desk: Desk, { request, response, instance, actor, returned = null }: Drawing) {
  const model = await instanceModel({ desk, actor, instance, returned, language: languageOfPage(response) })
  const name = LETTERS.has(instance.workflow) ? 'letter' : 'instance'
  const notice = await noticeOf(desk, request, instance)
  return pageOf(desk, name, model, { request, response, current: null, notice })
}

interface ReturnedForm extends Pick<Drawing, 'request' | 'response'> {
  id: string
  type: string
  error: AppError
}

/**
 * The page of an instance as it stands now, with the form that was refused as it was typed.
 * @throws AppError instance.not-found
 */
export async function returnedPage(desk: Desk, { request, response, id, type, error }: ReturnedForm): Promise<string> {
  const actor = actorOf(response)
  const refusal = refusalOf(error, languageOfPage(response))
  const returned = { instance: id, type, body: request.body as Body, issues: error.details.issues, refusal }
  const instance = await desk.parts.engine.read(id, actor)
  return pageFor(desk, { request, response, instance, actor, returned })
}

/** Opening is noted, except when a browser only fetches ahead: then nobody has looked. */
const looks = (request: Request): boolean =>
  request.method === 'GET' && !/prefetch|prerender/.test(request.get('sec-purpose') ?? request.get('purpose') ?? '')

interface EventInput {
  instance: Instance
  actor: Actor
  type: string
  schema: Schema
}

/** The schema of an event, offered now or not: whoever comes too late is told so, not that the form is wrong. */
function schemaOf({ parts }: Desk, instance: Instance, type: string): Schema | null {
  const definition = parts.engine.workflows.find(
    ({ id, version }) => id === instance.workflow && version === instance.version,
  )
  const events = definition?.events ?? {}
  const schema = Object.hasOwn(events, type) ? events[type] : undefined
  return schema ? (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema) : null
}

/** Data of the event from the form that was drawn for it. */
async function dataFrom(desk: Desk, request: Request, input: EventInput) {
  const body = request.body as Body
  const { instance, actor, type, schema } = input
  const { zone } = desk.rooms
  if (type === 'DISPOSE') return dispositionData(body, zone)
  const all = await desk.parts.engine.tree(instance.root, actor)
  const fields = await eventFields(
    { desk, actor, instance, all, language: 'id', audits: new Map(), returned: null },
    schema,
  )
  const files = await takeFiles(desk.parts, request, actor, instance.unit)
  return dataOf(fields, { body, zone, files })
}

async function send(desk: Desk, request: Request, instance: Instance, actor: Actor): Promise<Instance> {
  const { _key: idempotencyKey, _revision: revision } = inputOf(sending, request.body)
  const type = String(request.params.type)
  const schema = schemaOf(desk, instance, type)
  // An unknown event goes on without data: the engine says that it is none.
  const data = schema ? await dataFrom(desk, request, { instance, actor, type, schema }) : {}
  return runSend(desk.parts, { instance: instance._id, type, data, actor, idempotencyKey, revision })
}

/** The page of an instance and the forms that decide in it. */
export function instanceRoutes(desk: Desk): Router {
  const router = Router()
  const { engine } = desk.parts

  router.get('/instances/:id', async (request, response) => {
    const actor = actorOf(response)
    const { id } = request.params
    const instance = looks(request) ? await engine.see({ instance: id, actor }) : await engine.read(id, actor)
    response.type('html').send(await pageFor(desk, { request, response, instance, actor }))
  })

  router.post('/instances/:id/events/:type', async (request, response) => {
    const actor = actorOf(response)
    const { id, type } = request.params
    const instance = await engine.read(id, actor)
    try {
      await send(desk, request, instance, actor)
      response.redirect(303, `/instances/${encodeURIComponent(instance.root)}?done=sent`)
    } catch (thrown) {
      const error = refusalIn(thrown)
      const page = await returnedPage(desk, { request, response, id, type, error })
      response.status(statusOf(error)).type('html').send(page)
    }
  })

  return router
}
