import type { Request, RequestHandler, Response } from 'express'
import type { Actor } from '../engine/index.ts'
import { forbidden, unauthenticated } from '../platform/index.ts'
import { type CookieJar, cookieOf, csrfOf, isSame, newSecret } from './cookies.ts'
import { languageOf } from './language.ts'
import type { Caller, Organization } from './parts.ts'

const BEARER = /^Bearer (mhk_[A-Za-z0-9_-]{16,128})$/

/** `res.locals.session` of the request under way. */
export const callerOf = (response: Response): Caller => response.locals.session as Caller

/** The actor, or a refusal for strangers. @throws AppError session.required */
export function actorOf(response: Response): Actor {
  const { actor } = callerOf(response)
  if (!actor) throw unauthenticated('session.required', 'nobody is signed in')
  return actor
}

/** A person's own preference first, then the language cookie of this browser, then what the request asks for. */
async function callerFor(organization: Organization, id: string, request: Request, response: Response) {
  const [person, actor] = await Promise.all([organization.person(id), organization.actorOf(id)])
  const language = person?.language ?? languageOf(request, response)
  return { person, actor: person ? actor : null, language }
}

/** Puts the bearer of a token into `res.locals.session`. @throws AppError session.token */
async function byToken(organization: Organization, header: string, request: Request, response: Response) {
  const token = BEARER.exec(header)?.[1]
  const found = token ? await organization.tokens.resolve(token) : null
  const caller = found && (await callerFor(organization, found.person, request, response))
  if (!caller?.actor) throw unauthenticated('session.token', 'unknown, expired or revoked token')
  return { ...caller, csrf: '' }
}

async function byCookie(organization: Organization, jar: CookieJar, request: Request, response: Response) {
  const secret = cookieOf(request, jar.session)
  const session = secret ? await organization.sessions.resolve(secret) : null
  if (!secret || !session) return null
  return { ...(await callerFor(organization, session.person, request, response)), csrf: csrfOf(secret) }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Callers of the API: a token for everything; a browser's session for reading alone. */
export function apiCaller(organization: Organization, jar: CookieJar): RequestHandler {
  return async (request, response, next) => {
    const header = request.get('authorization')
    const known =
      header === undefined && READS.has(request.method)
        ? await byCookie(organization, jar, request, response)
        : await byToken(organization, header ?? '', request, response)
    if (!known?.actor) throw unauthenticated('session.required', 'no token')
    response.locals.session = known satisfies Caller
    response.set('Cache-Control', 'no-store').vary('Authorization, Cookie')
    next()
  }
}

/** Callers of pages and files; strangers get a visit cookie, so that their forms carry a token too. */
export function pageCaller(organization: Organization, jar: CookieJar): RequestHandler {
  return async (request, response, next) => {
    const known = await byCookie(organization, jar, request, response)
    if (known) response.locals.session = known satisfies Caller
    else {
      let visit = cookieOf(request, jar.visit)
      if (!visit || visit.length < 40) {
        visit = newSecret()
        response.cookie(jar.visit, visit, { ...jar.options, maxAge: jar.lifetimeMs })
      }
      const chosen = cookieOf(request, jar.language)
      const language = chosen === 'id' || chosen === 'en' ? chosen : languageOf(request, response)
      response.locals.session = { person: null, actor: null, csrf: csrfOf(visit), language } satisfies Caller
    }
    response.set('Cache-Control', 'private, no-cache').vary('Cookie')
    next()
  }
}

function isForeign(request: Request, origin: string): boolean {
  const site = request.get('sec-fetch-site')
  if (site && site !== 'same-origin' && site !== 'none') return true
  const sent = request.get('origin')
  return sent !== undefined && sent !== origin && sent !== `${request.protocol}://${request.get('host')}`
}

/** Refuses what another site sent, before a body is read. @throws AppError csrf.foreign */
export function refuseForeign(baseUrl: string): RequestHandler {
  const { origin } = new URL(baseUrl)
  return (request, _response, next) => {
    if (!READS.has(request.method) && isForeign(request, origin)) throw forbidden('csrf.foreign', 'sent from another site')
    next()
  }
}

/** Wants the form's own token, once the body is read. @throws AppError csrf.invalid */
export const checkCsrf: RequestHandler = (request, response, next) => {
  if (READS.has(request.method)) return next()
  const body: unknown = request.body
  const field: unknown = body && typeof body === 'object' ? Reflect.get(body, '_csrf') : undefined
  const sent = request.get('x-csrf-token') ?? field
  if (typeof sent !== 'string' || !isSame(sent, callerOf(response).csrf)) throw forbidden('csrf.invalid', 'no or a stale form token')
  next()
}
