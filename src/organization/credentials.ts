import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { tooMany, unauthenticated, unprocessable } from '../platform/index.ts'
import type { Models, Person, Session } from './models.ts'

const SESSION_IDLE_MS = 12 * 3_600_000
const SESSION_MAX_MS = 7 * 86_400_000
/** A use of a session or token is noted at most this often. */
const NOTE_MS = 60_000
const PASSWORD_LENGTH_MIN = 12
const PASSWORD_LENGTH_MAX = 200
/** Failures of one account from one address before the wait begins; others sign in undisturbed. */
const FAILURES_FREE = 5
const WAIT_FIRST_MS = 2_000
const WAIT_MAX_MS = 15 * 60_000
const FAILURES_KEPT_MAX = 10_000

const secretOf = (bytes: number) => randomBytes(bytes).toString('base64url')
const digest = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** Checked when the user is unknown, so that the answer takes the same time. */
const decoy = hash('no such account')

interface Failures {
  count: number
  until: number
}

/** Passwords, sessions and tokens. Only hashes are stored. */
export class Credentials {
  readonly #models: Models
  readonly #clock: () => Date
  readonly #isTrial: boolean
  readonly #failures = new Map<string, Failures>()

  constructor(models: Models, clock: () => Date, isTrial: boolean) {
    this.#models = models
    this.#clock = clock
    this.#isTrial = isTrial
  }

  /** @throws AppError auth.bad-credentials, auth.too-many-attempts */
  async password(username: string, password: string, address: string): Promise<Person> {
    const who = `${username}|${address}`
    this.#checkWait(who)
    const person = await this.#models.persons.findOne({ username: String(username) }).lean()
    const stored = person?.passwordHash ?? (await decoy)
    const isRight = await verify(stored, password.slice(0, PASSWORD_LENGTH_MAX)).catch(() => false)
    if (!person?.passwordHash || !isRight) {
      this.#countFailure(who)
      throw unauthenticated('auth.bad-credentials', 'unknown user or wrong password')
    }
    this.#failures.delete(who)
    return person
  }

  /** One tap, in the trial only. @throws AppError auth.bad-credentials */
  async persona(id: string): Promise<Person> {
    const person = this.#isTrial
      ? await this.#models.persons.findOne({ _id: String(id), persona: { $ne: null } }).lean()
      : null
    if (!person) throw unauthenticated('auth.bad-credentials', 'personas exist in the trial only')
    return person
  }

  async setPassword(person: string, password: string): Promise<void> {
    const { length } = password
    if (length < PASSWORD_LENGTH_MIN || length > PASSWORD_LENGTH_MAX)
      throw unprocessable('auth.weak-password', 'too short or too long', {
        details: { min: PASSWORD_LENGTH_MIN, max: PASSWORD_LENGTH_MAX },
      })
    await this.#models.persons.updateOne({ _id: person }, { passwordHash: await hash(password) })
  }

  /** A new session; `secret` goes into the cookie and is never seen again. */
  async createSession(person: string, userAgent: string): Promise<{ secret: string; session: Session }> {
    const secret = secretOf(32)
    const now = this.#clock()
    const session = await this.#models.sessions.create({
      _id: digest(secret),
      person,
      csrf: secretOf(24),
      userAgent: userAgent.slice(0, 300),
      createdAt: now,
      seenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_IDLE_MS),
    })
    return { secret, session: session.toObject() }
  }

  async session(secret: string): Promise<Session | null> {
    const now = this.#clock()
    const session = await this.#models.sessions.findOne({ _id: digest(secret), expiresAt: { $gt: now } }).lean()
    if (!session) return null
    if (now.getTime() - session.seenAt.getTime() > NOTE_MS) {
      const end = Math.min(now.getTime() + SESSION_IDLE_MS, session.createdAt.getTime() + SESSION_MAX_MS)
      await this.#models.sessions.updateOne({ _id: session._id }, { seenAt: now, expiresAt: new Date(end) })
    }
    return session
  }

  async endSession(secret: string): Promise<void> {
    await this.#models.sessions.deleteOne({ _id: digest(secret) })
  }

  sessionsOf(person: string): Promise<Session[]> {
    return this.#models.sessions.find({ person }).sort({ seenAt: -1 }).limit(50).lean()
  }

  async endAllSessions(person: string): Promise<void> {
    await this.#models.sessions.deleteMany({ person })
  }

  /** `token` is shown once; the database keeps its hash. */
  async createToken(
    person: string,
    label: string,
    expiresAt: Date | null = null,
  ): Promise<{ id: string; token: string }> {
    const token = `mhk_${secretOf(32)}`
    const id = digest(token)
    await this.#models.tokens.create({
      _id: id,
      person,
      label: label.slice(0, 100),
      createdAt: this.#clock(),
      expiresAt,
    })
    return { id, token }
  }

  /** The person behind a token, or null. */
  async resolveToken(token: string): Promise<{ person: string } | null> {
    const now = this.#clock()
    const found = await this.#models.tokens.findById(digest(token)).lean()
    if (!found || (found.expiresAt && found.expiresAt <= now)) return null
    if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() > NOTE_MS)
      await this.#models.tokens.updateOne({ _id: found._id }, { lastUsedAt: now })
    return { person: found.person }
  }

  async revokeToken(id: string): Promise<void> {
    await this.#models.tokens.deleteOne({ _id: id })
  }

  #checkWait(who: string): void {
    const left = (this.#failures.get(who)?.until ?? 0) - this.#clock().getTime()
    if (left <= 0) return
    const retryAfterSeconds = Math.ceil(left / 1_000)
    throw tooMany('auth.too-many-attempts', 'too many failed tries', { details: { retryAfterSeconds } })
  }

  #countFailure(who: string): void {
    if (this.#failures.size >= FAILURES_KEPT_MAX) this.#failures.delete(this.#failures.keys().next().value ?? '')
    const count = (this.#failures.get(who)?.count ?? 0) + 1
    const wait = count < FAILURES_FREE ? 0 : Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** (count - FAILURES_FREE))
    this.#failures.set(who, { count, until: this.#clock().getTime() + wait })
  }
}
