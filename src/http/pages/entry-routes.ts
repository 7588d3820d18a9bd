import { type Request, type Response, Router } from 'express'
import { callerOf } from '../caller.ts'
import type { Failure } from '../parts.ts'
import type { RefusalView, SignInModel } from '../views/index.ts'
import { chromeOf, type Desk, refusalOf, show } from './desk.ts'
import { textOf } from './form-data.ts'

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

/** What a failure looks like: a refused sign-in stays on its page, everything else has its own. */
export async function failurePage(desk: Desk, failure: Failure, request: Request, response: Response): Promise<string> {
  const { error, language, status, requestId } = failure
  const refusal = refusalOf(error, language)
  const chrome = await chromeOf(desk, { request, response, current: null })
  if (request.method === 'POST' && request.path === '/sign-in') {
    return desk.views['sign-in'].render(await signInModel(desk, request, refusal), chrome)
  }
  return desk.views.error.render({ status, refusal, requestId: status >= 500 ? requestId : null }, chrome)
}
