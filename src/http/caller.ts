import type { Request, RequestHandler, Response } from 'express'
import type { Actor } from '../engine/index.ts'
import { AppError, forbidden, unauthenticated } from '../platform/index.ts'
import { type CookieJar, cookieOf, csrfOf, isSame, newSecret } from './cookies.ts'
import { isLanguage, languageOf } from './language.ts'
import type { Caller, Organization } from './parts.ts'

/** 32 random bytes in base64url. */
const SECRET_LENGTH = 43
const BEARER = /^Bearer (mhk_[A-Za-z0-9_-]{16,128})$/

/** `res.locals.session` of the request under way. */
export const callerOf = (response: Response): Caller => response.locals.session as Caller

/** The actor, or a refusal for strangers. @throws AppError session.required */
export function actorOf(response: Response): Actor {
  const { actor } = callerOf(response)
  if (!actor) throw unauthenticated('session.required', 'nobody is signed in')
  return actor
}

/** The person in today's posts; null when the account is gone although its session or token is not. */
async function callerFor({ directory }: Organization, id: string) {
  try {
    const [person, actor] = await Promise.all([directory.person(id), directory.actorOf(id)])
    return { person, actor }
  } catch (error) {
    if (error instanceof AppError && error.kind === 'not-found') return null
    throw error
  }
}

/** The bearer of a token. @throws AppError session.token */
async function byToken(organization: Organization, header: string) {
  const token = BEARER.exec(header)?.[1]
  const found = token ? await organization.credentials.resolveToken(token) : null
  const caller = found && (await callerFor(organization, found.person))
  if (!caller) throw unauthenticated('session.token', 'unknown, expired or revoked token')
  return { ...caller, csrf: '' }
}

async function byCookie(organization: Organization, jar: CookieJar, request: Request) {
  const secret = cookieOf(request, jar.session)
  const session = secret ? await organization.credentials.session(secret) : null
  const caller = session && (await callerFor(organization, session.person))
  return session && caller && { ...caller, csrf: session.csrf }
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Callers of the API: a token for everything; a browser's session for reading alone. */
export function apiCaller(organization: Organization, jar: CookieJar): RequestHandler {
  return async (request, response, next) => {
    const header = request.get('authorization')
    const isBrowserReading = header === undefined && READS.has(request.method)
    const known = isBrowserReading
      ? await byCookie(organization, jar, request)
      : await byToken(organization, header ?? '')
    if (!known) throw unauthenticated('session.required', 'no token')
    const said = request.get('accept-language') ? languageOf(request, response) : known.person.language
    response.locals.session = { ...known, language: said } satisfies Caller
    response.set('Cache-Control', 'no-store').vary('Authorization, Cookie')
    next()
  }
}

/** The stranger's own random, made at the first visit, so that the sign-in form is protected too. */
function visitOf(jar: CookieJar, request: Request, response: Response): string {
  const known = cookieOf(request, jar.visit)
  if (known && known.length >= SECRET_LENGTH) return known
  const visit = newSecret()
  response.cookie(jar.visit, visit, { ...jar.options, maxAge: jar.lifetimeMs })
  return visit
}

/**
 * Callers of pages and files. The language is the one chosen in this browser, else the person's, else Indonesian: an
 * office machine's browser is often set to a language that its reader never chose.
 */
export function pageCaller(organization: Organization, jar: CookieJar): RequestHandler {
  return async (request, response, next) => {
    const chosen = cookieOf(request, jar.language)
    const own = isLanguage(chosen) ? chosen : null
    // Also what fails before the reader is known is told in their language.
    response.locals.session = { person: null, actor: null, csrf: '', language: own ?? 'id' } satisfies Caller
    const known = await byCookie(organization, jar, request)
    const language = own ?? known?.person.language ?? 'id'
    const caller = known ?? { person: null, actor: null, csrf: csrfOf(visitOf(jar, request, response)) }
    response.locals.session = { ...caller, language } satisfies Caller
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
    if (!READS.has(request.method) && isForeign(request, origin))
      throw forbidden('csrf.foreign', 'sent from another site')
    next()
  }
}

/** Wants the form's own token, once the body is read. @throws AppError csrf.invalid */
export const checkCsrf: RequestHandler = (request, response, next) => {
  if (READS.has(request.method)) return next()
  const body: unknown = request.body
  const field: unknown = body && typeof body === 'object' ? Reflect.get(body, '_csrf') : undefined
  const sent = request.get('x-csrf-token') ?? field
  if (typeof sent !== 'string' || !isSame(sent, callerOf(response).csrf))
    throw forbidden('csrf.invalid', 'no or a stale form token')
  next()
}
