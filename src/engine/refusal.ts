import { type AppError, conflict, forbidden, invalidInput, notFound, unprocessable } from '../platform/index.ts'
import type { Instance, Json } from './instance.ts'

/** Every way the engine itself says no, in one place. Workflows add their own explanations. */
export const refusals = {
  instanceNotFound: (id: string): AppError =>
    notFound('instance.not-found', `no instance ${id}, or not yours to read`, { details: { instance: id } }),
  unknownEvent: (type: string, workflow: string): AppError =>
    unprocessable('event.unknown', `${workflow} knows no event ${type}`, { details: { type, workflow } }),
  eventForbidden: (type: string): AppError =>
    forbidden('event.forbidden', `${type} is somebody else's to send`, { details: { type } }),
  invalidEvent: (type: string, issues: Json): AppError =>
    unprocessable('event.invalid', `the data of ${type} does not fit its schema`, { details: { type, issues } }),
  startForbidden: (workflow: string): AppError =>
    forbidden('start.forbidden', `${workflow} is not yours to start`, { details: { workflow } }),
  invalidStart: (workflow: string, issues: Json): AppError =>
    unprocessable('start.invalid', `the start data of ${workflow} does not fit its schema`, {
      details: { workflow, issues },
    }),
  mismatch: (): AppError => unprocessable('idempotency.mismatch', 'this idempotency key was used with other data', {}),
  badCursor: (): AppError => invalidInput('cursor.invalid', 'this cursor was not made here'),
  /** Somebody else decided since the revision that the sender saw. */
  stale: (instance: Instance): AppError =>
    conflict('instance.stale', 'somebody decided meanwhile', { details: lastDecision(instance) }),
  notNow: (type: string, instance: Instance): AppError =>
    conflict('instance.not-now', `${type} is not possible in this state`, {
      details: { type, state: instance.value, status: instance.status, ...lastDecision(instance) },
    }),
  explained: (code: string, title: Json, details: Record<string, unknown>): AppError =>
    conflict(code, code, { details: { title, ...details } }),
}

/** Who decided last and when, for the loser of a race. */
function lastDecision(instance: Instance): Record<string, unknown> {
  const entry = instance.audit.findLast(({ kind, by }) => kind === 'event' && by !== null)
  if (!entry) return { revision: instance.revision }
  const { by, at, event } = entry
  return { revision: instance.revision, decidedBy: by?.name, decidedAs: by?.title, decidedAt: at, decidedEvent: event }
}
