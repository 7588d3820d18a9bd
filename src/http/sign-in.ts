import { type Response, Router } from 'express'
import { z } from 'zod'
import type { Person } from '../organization/index.ts'
import { notFound } from '../platform/index.ts'
import { type CookieJar, cookieOf } from './cookies.ts'
import { inputOf } from './input.ts'
import type { Parts } from './parts.ts'

/** A path of ours to come back to: no host, no backslash, no second slash that browsers read as a host. */
const nextPath = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\\s]*$/)
  .catch('/')
  .default('/')

const signInForm = z.union([
  z.object({ persona: z.string().min(1).max(100), next: nextPath }),
  z.object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200), next: nextPath }),
])
const languageForm = z.object({ language: z.enum(['id', 'en']), next: nextPath })

const LANGUAGE_COOKIE_MS = 365 * 86_400_000

/** POST `/sign-in`, `/sign-out`, `/language`: the forms of every page that change who is reading and how. */
export function signInRoutes(parts: Parts, jar: CookieJar): Router {
  const {
    organization: { credentials },
    config,
  } = parts
  const router = Router()

  const admit = (form: z.output<typeof signInForm>, address: string): Promise<Person> => {
    if (!('persona' in form)) return credentials.password(form.username, form.password, address)
    if (config.mode === 'production') throw notFound('route.not-found', 'personas are for the trial')
    return credentials.persona(form.persona)
  }

  const forget = async (response: Response, secret: string | null) => {
    if (secret) await credentials.endSession(secret)
    response.clearCookie(jar.session, jar.options)
  }

  router.post('/sign-in', async (request, response) => {
    const form = inputOf(signInForm, request.body)
    const person = await admit(form, request.ip ?? '')
    // A new secret at every sign-in: one planted before is worth nothing afterwards.
    await forget(response, cookieOf(request, jar.session))
    const { secret } = await credentials.createSession(person._id, request.get('user-agent') || 'unknown')
    response.cookie(jar.session, secret, { ...jar.options, maxAge: jar.lifetimeMs })
    response.clearCookie(jar.visit, jar.options)
    response.redirect(303, form.next)
  })

  router.post('/sign-out', async (request, response) => {
    await forget(response, cookieOf(request, jar.session))
    response.set('Clear-Site-Data', '"cache"')
    response.redirect(303, '/sign-in')
  })

  router.post('/language', async (request, response) => {
    const { language, next } = inputOf(languageForm, request.body)
    response.cookie(jar.language, language, { ...jar.options, maxAge: LANGUAGE_COOKIE_MS })
    response.redirect(303, next)
  })

  return router
}
