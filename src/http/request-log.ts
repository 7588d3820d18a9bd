import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from '../platform/index.ts'

/** A caller's own id is kept when it cannot hurt a log or a header. */
const SAFE_ID = /^[A-Za-z0-9._-]{8,64}$/

/**
 * Gives every request an id (`X-Request-Id`, `res.locals.requestId`) and writes one line when it is over: method, path
 * without query, status, ms. Neither headers nor queries nor bodies reach the log.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const sent = request.get('x-request-id') ?? ''
    const requestId = SAFE_ID.test(sent) ? sent : randomUUID()
    response.locals.requestId = requestId
    response.set('X-Request-Id', requestId)
    const startedAt = performance.now()
    const path = request.originalUrl.split('?')[0]
    response.once('close', () => {
      const { statusCode: status, writableFinished: finished } = response
      const ms = Math.round(performance.now() - startedAt)
      const person = response.locals.session?.person?._id
      log.info({ requestId, method: request.method, path, status, ms, finished, person }, 'request.answered')
    })
    next()
  }
}
