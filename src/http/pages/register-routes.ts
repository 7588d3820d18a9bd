import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Actor } from '../../engine/index.ts'
import { registration } from '../../letters/index.ts'
import { AppError, forbidden } from '../../platform/index.ts'
import { actorOf } from '../caller.ts'
import { runStart } from '../commands.ts'
import { inputOf } from '../input.ts'
import { statusOf } from '../problem.ts'
import { uploadsOf } from '../upload.ts'
import type { Field, Option, RegisterModel } from '../views/index.ts'
import { type Desk, languageOfPage, newKey, pageOf, refusalIn, refusalOf, registrarUnits } from './desk.ts'
import { type Body, dataOf, keepTyped, markIssues, textOf } from './form-data.ts'
import { fieldsOf, type Schema } from './schema-fields.ts'
import { takeFiles } from './uploads.ts'
import { localClock } from './zone.ts'

const WORKFLOW = 'incoming-letter'
/** How a letter reaches a counter; kept with it. */
const CHANNELS = ['counter', 'post', 'email', 'system']
const ACCEPT = '.pdf,.jpg,.jpeg,.png,.tif,.tiff,application/pdf,image/jpeg,image/png,image/tiff'

const schema = z.toJSONSchema(registration, { io: 'input', unrepresentable: 'any' }) as Schema
const keyed = z.object({ _key: z.string().min(8).max(200) })

const choice = (name: string, options: Option[], value: string): Field => ({
  name,
  control: 'choice',
  title: null,
  required: true,
  options,
  maxLength: null,
  values: [value],
  error: null,
})

async function unitOptions({ parts }: Desk, units: readonly string[]): Promise<Option[]> {
  const found = await Promise.all(units.map((unit) => parts.organization.directory.unit(unit)))
  return found.map(({ _id, name }) => ({ value: _id, label: { id: name, en: name }, hint: null }))
}

/** The questions of the form: the registration's own, and how the letter came. */
async function questions(desk: Desk, units: readonly string[]): Promise<Field[]> {
  const { rooms } = desk
  const channels = CHANNELS.map((value) => ({ value, label: null, hint: null }))
  const receivedAt: Field = {
    ...choice('receivedAt', [], localClock(rooms.clock(), rooms.zone)),
    control: 'datetime',
  }
  const unit = units.length > 1 ? [choice('unit', await unitOptions(desk, units), units[0] ?? '')] : []
  return [...unit, ...fieldsOf(schema, { posts: [] }), receivedAt, choice('channel', channels, 'counter')]
}

interface Drawing {
  request: Request
  response: Response
  units: string[]
  refused?: { error: AppError; body: Body }
}

async function pageFor(desk: Desk, { request, response, units, refused }: Drawing): Promise<string> {
  const fresh = await questions(desk, units)
  const fields = refused ? markIssues(keepTyped(fresh, refused.body), issuesOf(refused.error)) : fresh
  const model: RegisterModel = {
    key: newKey(),
    refusal: refused ? refusalOf(refused.error, languageOfPage(response)) : null,
    fields: Object.fromEntries(fields.map((field) => [field.name, field])),
    correspondents: await desk.rooms.agenda.correspondents(units[0] ?? '', actorOf(response)),
    accept: ACCEPT,
    bytesMax: desk.parts.config.uploadBytesMax,
    fileLost: refused !== undefined && uploadsOf(request).length > 0,
    units: [],
  }
  return pageOf(desk, 'register', model, { request, response, current: 'register' })
}

/** The form as it was typed, with why it was refused. @throws AppError start.forbidden */
export function returnedRegister(desk: Desk, request: Request, response: Response, error: AppError): Promise<string> {
  return pageFor(desk, { request, response, units: unitsOf(response), refused: { error, body: request.body as Body } })
}

/** Issues of the start data, named as the form names them. */
function issuesOf({ details }: AppError): unknown {
  if (!Array.isArray(details.issues)) return []
  return details.issues.map((issue: { path?: unknown }) => {
    const path = Array.isArray(issue.path) ? issue.path : []
    return { ...issue, path: path[0] === 'registration' ? path.slice(1) : path }
  })
}

async function register(desk: Desk, request: Request, actor: Actor, units: string[]) {
  const body = request.body as Body
  const { _key: idempotencyKey } = inputOf(keyed, body)
  const unit = units.find((each) => each === textOf(body, 'unit')) ?? units[0] ?? ''
  const fields = await questions(desk, units)
  const files = await takeFiles(desk.parts, request, actor, unit)
  const scans = files.get('scan') ?? []
  if (scans.length === 0) throw new AppError('invalid-input', 'file.missing', 'no scan was sent')
  const { unit: _unit, channel, receivedAt, ...rest } = dataOf(fields, { body, zone: desk.rooms.zone, files })
  const data = { unit, channel, receivedAt, files: [...scans, ...(files.get('attachment') ?? [])], registration: rest }
  return runStart(desk.parts, { workflow: WORKFLOW, data, actor, idempotencyKey })
}

function unitsOf(response: Response): string[] {
  const units = registrarUnits(actorOf(response))
  if (units.length === 0) throw forbidden('start.forbidden', 'only registrars register letters')
  return units
}

/** The counter: one form, one letter. */
export function registerRoutes(desk: Desk): Router {
  const router = Router()
  router.get('/letters/new', async (request, response) => {
    response.type('html').send(await pageFor(desk, { request, response, units: unitsOf(response) }))
  })
  router.post('/letters', async (request, response) => {
    const units = unitsOf(response)
    try {
      const instance = await register(desk, request, actorOf(response), units)
      response.redirect(303, `/instances/${instance._id}?done=registered`)
    } catch (thrown) {
      const error = refusalIn(thrown)
      const page = await returnedRegister(desk, request, response, error)
      response.status(statusOf(error)).type('html').send(page)
    }
  })
  return router
}
