import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { CookieOptions, Request } from 'express'

/** Session cookies live for a working day; organization may end a session earlier. */
const SESSION_MS = 12 * 3_600_000

const HEADER_MAX = 8_192

/** One cookie of a request, or null; the first of several of one name. */
export function cookieOf(request: Request, name: string): string | null {
  const header = request.headers.cookie ?? ''
  if (header.length > HEADER_MAX) return null
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim()
  }
  return null
}

export interface CookieJar {
  /** Secret of a signed-in session. */
  readonly session: string
  /** Random of a stranger, so that the sign-in form is protected as well. */
  readonly visit: string
  /** Language chosen in this browser. */
  readonly language: string
  readonly options: CookieOptions
  readonly lifetimeMs: number
}

/** Names and flags: `__Host-` binds the cookie to this very host, which browsers allow over TLS only (RFC 6265bis §4.1.3.2). */
export function cookieJar({ isHttps }: { isHttps: boolean }): CookieJar {
  const prefix = isHttps ? '__Host-' : ''
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' }
  return {
    session: `${prefix}mahakam`,
    visit: `${prefix}mahakam-visit`,
    language: `${prefix}mahakam-language`,
    options,
    lifetimeMs: SESSION_MS,
  }
}

export const newSecret = (): string => randomBytes(32).toString('base64url')

/** A stranger's form token, which only the holder of the visit cookie can know; nothing is stored for it. */
export const csrfOf = (cookie: string): string =>
  createHmac('sha256', cookie).update('mahakam-csrf').digest('base64url')

/** Compares without telling by time how much was right. */
export function isSame(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
