import { type Request, type Response, Router } from 'express'
import { AppError } from '../../platform/index.ts'
import { callerOf } from '../caller.ts'
import type { Failure } from '../parts.ts'
import type { RefusalView, SignInModel } from '../views/index.ts'
import { chromeOf, type Desk, refusalOf, show } from './desk.ts'
import { textOf } from './form-data.ts'
import { returnedPage } from './instance-routes.ts'
import { returnedRegister } from './register-routes.ts'

/** A path of ours to go on to after signing in. */
const nextOf = (value: unknown): string =>
  typeof value === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(value) ? value : '/'

async function signInModel(desk: Desk, request: Request, refusal: RefusalView | null): Promise<SignInModel> {
  const { parts, rooms } = desk
  const body = request.body ?? {}
  return {
    personas: parts.config.mode === 'production' ? [] : await rooms.personas(),
    next: nextOf(request.query.next ?? body.next),
    refusal,
    username: textOf(body, 'username'),
  }
}

/** Signing in; who is already in goes to the desk. */
export function entryRoutes(desk: Desk): Router {
  const router = Router()
  router.get('/sign-in', async (request, response) => {
    if (callerOf(response).actor) return response.redirect(303, '/')
    const model = await signInModel(desk, request, null)
    await show(desk, 'sign-in', model, { request, response, current: null })
  })
  return router
}

/** Strangers are asked to sign in first and come back to where they wanted to go. */
export function leadStrangers(request: Request, response: Response, next: () => void): void {
  if (callerOf(response).actor || request.method !== 'GET') next()
  else response.redirect(303, `/sign-in?next=${encodeURIComponent(request.originalUrl)}`)
}

const EVENT_PATH = /^\/instances\/([^/]{1,100})\/events\/([A-Z_]{1,60})$/

/** Said beside the form that came back: nothing has to be loaded again. */
const RENEWED = {
  id: 'Halaman terlalu lama terbuka. Isian Anda masih ada; kirim sekali lagi.',
  en: 'The page was open for too long. What you typed is still here; send it once more.',
}

/** A form whose token ran out comes back as it was typed, with a fresh one; null when there is no such form. */
async function renewedForm(desk: Desk, { error: { code, kind } }: Failure, request: Request, response: Response) {
  if (code !== 'csrf.invalid' || request.method !== 'POST' || !callerOf(response).actor) return null
  const error = new AppError(kind, code, 'a stale form token', { details: { title: RENEWED } })
  if (request.path === '/letters') return returnedRegister(desk, request, response, error)
  const [, id, type] = EVENT_PATH.exec(request.path) ?? []
  return id && type ? returnedPage(desk, { request, response, id, type, error }) : null
}

/** What a failure looks like: a refused form stays on its page, everything else has its own. */
export async function failurePage(desk: Desk, failure: Failure, request: Request, response: Response): Promise<string> {
  const renewed = await renewedForm(desk, failure, request, response).catch(() => null)
  if (renewed) return renewed
  const { error, language, status, requestId } = failure
  const refusal = refusalOf(error, language)
  const chrome = await chromeOf(desk, { request, response, current: null })
  if (request.method === 'POST' && request.path === '/sign-in') {
    return desk.views['sign-in'].render(await signInModel(desk, request, refusal), chrome)
  }
  return desk.views.error.render({ status, refusal, requestId: status >= 500 ? requestId : null }, chrome)
}
