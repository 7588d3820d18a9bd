import type { NextFunction, Request, Response } from 'express'
import { AppError, type ErrorKind } from '../platform/index.ts'
import { errorText } from './error-text.ts'
import { languageOf } from './language.ts'
import type { Caller, Failure, Parts } from './parts.ts'
import { recognise } from './recognise.ts'
import type { Language } from './views/index.ts'

/** RFC 9457 problem details as this API sends them: the members below, then the error's own facts. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  instance: string
  [fact: string]: unknown
}

const STATUS: Record<ErrorKind, number> = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unprocessable: 422,
  'too-many': 429,
  unavailable: 503,
}
/** Code of a defect of ours: the only one that answers 500. */
const INTERNAL = 'internal'
/** Seconds after which a busy or absent part is worth another try. */
const RETRY_AFTER_S = { 'too-many': 60, unavailable: 5 } as const

/** Status number of an error. */
export const statusOf = ({ code, kind }: AppError): number => (code === INTERNAL ? 500 : STATUS[kind])

/** What the caller is told; of an unknown error nothing but that it happened, under the request's id. */
export function problemOf(error: AppError, language: Language, request: { id: string; url: string }): Problem {
  const { title: _own, ...details } = error.details
  const { code } = error
  const text = errorText(code, language, error.details, error.kind)
  return {
    ...details,
    type: `/docs/errors#${code}`,
    title: text.title,
    status: statusOf(error),
    code,
    detail: text.detail,
    instance: request.url.split('?')[0] ?? '',
    requestId: request.id,
  }
}

function retryAfterOf(error: AppError): number | null {
  if (error.code === INTERNAL) return null
  if (error.kind !== 'too-many' && error.kind !== 'unavailable') return null
  const told = error.details.retryAfterSeconds
  return typeof told === 'number' && told > 0 ? Math.ceil(told) : RETRY_AFTER_S[error.kind]
}

const wantsPage = (request: Request) =>
  !request.originalUrl.startsWith('/api/') && request.accepts(['json', 'html']) === 'html'

/** What went wrong, with everything both answers need. */
function failureOf(thrown: unknown, request: Request, response: Response): Failure {
  const known = recognise(thrown)
  const error = known instanceof AppError ? known : new AppError('unavailable', INTERNAL, INTERNAL, { cause: thrown })
  const requestId = String(response.locals.requestId)
  return { status: statusOf(error), error, language: languageOf(request, response), requestId }
}

function setHeaders({ status, error }: Failure, response: Response): void {
  response.status(status).set('Cache-Control', 'no-store').vary('Accept-Language')
  const wait = retryAfterOf(error)
  if (wait !== null) response.set('Retry-After', String(wait))
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="mahakam"')
}

interface Situation extends Pick<Parts, 'log'> {
  failure: Failure
  request: Request
  response: Response
}

/**
 * The page that tells of a failure; null when it fails as well. Without a caller, since the failure came first, it is
 * drawn as for a stranger.
 */
async function pageOf(errorPage: NonNullable<Parts['errorPage']>, { failure, request, response, log }: Situation) {
  const { language, requestId } = failure
  const stranger: Caller = { person: null, actor: null, csrf: '', language }
  response.locals.session ??= stranger
  try {
    return await errorPage(failure, request, response)
  } catch (err) {
    log.error({ requestId, err }, 'error-page.failed')
    return null
  }
}

/** The last handler: logs what is our fault, answers everything in the caller's language. */
export function handleErrors({ log, errorPage }: Pick<Parts, 'log' | 'errorPage'>) {
  return async (thrown: unknown, request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (response.headersSent) return next(thrown)
    const failure = failureOf(thrown, request, response)
    const { requestId, language, error } = failure
    if (failure.status >= 500) log.error({ requestId, code: error.code, err: error.cause ?? error }, 'request.failed')
    setHeaders(failure, response)
    const page = errorPage && wantsPage(request) ? await pageOf(errorPage, { failure, request, response, log }) : null
    if (page !== null) return void response.type('html').send(page)
    const problem = problemOf(error, language, { id: requestId, url: request.originalUrl })
    response.type('application/problem+json').send(JSON.stringify(problem))
  }
}
