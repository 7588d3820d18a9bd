import type { Request } from 'express'
import type { z } from 'zod'
import { invalidInput } from '../platform/index.ts'

const ISSUES_MAX = 50

/** What does not fit, by path, as zod says it; never the value itself. */
export const issuesOf = (error: z.ZodError) =>
  error.issues.slice(0, ISSUES_MAX).map(({ path, message, code }) => ({ path: path.map(String), code, message }))

/** Parsed input. @throws AppError request.invalid with `issues` */
export function inputOf<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value ?? {})
  if (!parsed.success)
    throw invalidInput('request.invalid', 'input does not fit', { details: { issues: issuesOf(parsed.error) } })
  return parsed.data
}

const PRINTABLE = /^[\x21-\x7e]{1,200}$/

/** The caller's `Idempotency-Key`. @throws AppError idempotency.missing, idempotency.invalid */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key')
  if (key === undefined || key === '')
    throw invalidInput('idempotency.missing', 'this request needs an Idempotency-Key')
  if (!PRINTABLE.test(key))
    throw invalidInput('idempotency.invalid', 'an Idempotency-Key is 1 to 200 printable characters')
  return key
}
