import { MulterError } from 'multer'
import { AppError, type ErrorKind } from '../platform/index.ts'

const wrap = (kind: ErrorKind, code: string, cause: unknown, details = {}) =>
  new AppError(kind, code, code, { cause, details })

const MULTER: Record<string, [ErrorKind, string]> = {
  LIMIT_FILE_SIZE: ['too-large', 'file.too-large'],
  LIMIT_FILE_COUNT: ['too-large', 'request.too-many-files'],
  LIMIT_PART_COUNT: ['too-large', 'request.too-many-files'],
  LIMIT_FIELD_VALUE: ['too-large', 'request.too-large'],
  LIMIT_FIELD_COUNT: ['too-large', 'request.too-large'],
  LIMIT_FIELD_KEY: ['too-large', 'request.too-large'],
  LIMIT_UNEXPECTED_FILE: ['invalid-input', 'request.malformed'],
}

/** Body parser and router errors, told apart by the `type` or `status` that http-errors gives them. */
const PARSER: Record<string, [ErrorKind, string]> = {
  'entity.parse.failed': ['invalid-input', 'request.malformed'],
  'entity.too.large': ['too-large', 'request.too-large'],
  'parameters.too.many': ['too-large', 'request.too-large'],
  'encoding.unsupported': ['invalid-input', 'request.media-type'],
  'charset.unsupported': ['invalid-input', 'request.media-type'],
  'request.aborted': ['invalid-input', 'request.malformed'],
  'request.size.invalid': ['invalid-input', 'request.malformed'],
}

/** Driver errors that mean "the database is away", by class name: it is loaded twice when linked. */
const AWAY =
  /^(Mongo(ose)?(Network|ServerSelection|NotConnected|TopologyClosed|PoolCleared|PoolClosed|WaitQueue)|PoolCleared)\w*Error$/
const AWAY_TEXT = /^(Connection is closed\.|Stream isn't writeable|Reached the max retries per request limit)/
const AWAY_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'])
/** A member of the replica set that stops or hands its office over. Source: MongoDB error codes, "NotPrimary" class. */
const AWAY_NUMBERS = new Set([91, 189, 10_107, 11_600, 11_602, 13_435, 13_436])

const isAway = (error: Error & { code?: unknown }): boolean =>
  AWAY.test(error.name) ||
  AWAY_TEXT.test(error.message) ||
  AWAY_CODES.has(String(error.code)) ||
  (error.name === 'MongoServerError' && AWAY_NUMBERS.has(Number(error.code)))

/** The error as one of ours where it is a known way of failing, else as it came. */
export function recognise(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error)) return error
  if (error instanceof MulterError) {
    const [kind, code] = MULTER[error.code] ?? ['invalid-input', 'request.malformed']
    return wrap(kind, code, error)
  }
  const { type, status, statusCode } = error as Error & { type?: string; status?: number; statusCode?: number }
  const parser = PARSER[type ?? '']
  if (parser) return wrap(parser[0], parser[1], error)
  if (
    (status ?? statusCode) === 400 ||
    /^(Malformed part header|Unexpected end of form|Multipart:)/.test(error.message)
  )
    return wrap('invalid-input', 'request.malformed', error)
  return isAway(error) ? wrap('unavailable', 'storage.unavailable', error) : error
}
