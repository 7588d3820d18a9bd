/**
 * The closed list of ways the product says no. `code` is public, dotted and stable (`docs/errors.md` lists all of
 * them, a test keeps the two equal); `message` is for logs and developers, people read the label of the code in
 * their own language. Only `http/problem.ts` knows status numbers.
 */
export type ErrorKind =
  | 'invalid-input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unprocessable'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

export interface ErrorDetails {
  [key: string]: unknown
}

export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  /** Facts for the reader: JSON, no secrets; label placeholders `{name}` are filled from here. */
  readonly details: ErrorDetails

  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    options: { details?: ErrorDetails; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.kind = kind
    this.code = code
    this.details = options.details ?? {}
  }
}

type Extra = { details?: ErrorDetails; cause?: unknown }

export const invalidInput = (code: string, message: string, extra?: Extra) =>
  new AppError('invalid-input', code, message, extra)
export const unauthenticated = (code: string, message: string, extra?: Extra) =>
  new AppError('unauthenticated', code, message, extra)
export const forbidden = (code: string, message: string, extra?: Extra) =>
  new AppError('forbidden', code, message, extra)
export const notFound = (code: string, message: string, extra?: Extra) =>
  new AppError('not-found', code, message, extra)
export const conflict = (code: string, message: string, extra?: Extra) => new AppError('conflict', code, message, extra)
export const unprocessable = (code: string, message: string, extra?: Extra) =>
  new AppError('unprocessable', code, message, extra)
export const tooLarge = (code: string, message: string, extra?: Extra) =>
  new AppError('too-large', code, message, extra)
export const tooMany = (code: string, message: string, extra?: Extra) => new AppError('too-many', code, message, extra)
export const unavailable = (code: string, message: string, extra?: Extra) =>
  new AppError('unavailable', code, message, extra)
