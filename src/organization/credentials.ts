import { createHash, randomBytes } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { LRUCache } from 'lru-cache'
import { notFound, tooMany, unauthenticated, unprocessable } from '../platform/index.ts'
import type { Models, Person, Session } from './models.ts'

const SESSION_IDLE_MS = 12 * 3_600_000
const SESSION_MAX_MS = 7 * 86_400_000
/** A use of a session or token is noted at most this often. */
const NOTE_MS = 60_000
const USERNAME_LENGTH_MAX = 100
const PASSWORD_LENGTH_MIN = 12
const PASSWORD_LENGTH_MAX = 200
/** Tries of one account from one address before the wait begins; others sign in undisturbed. */
const TRIES_FREE = 5
const WAIT_FIRST_MS = 2_000
const WAIT_MAX_MS = 15 * 60_000
/** Tries are forgotten after an hour of rest, the oldest first when more accounts and addresses are tried. */
const TRIES_KEPT_MS = 3_600_000
const TRIES_KEPT_MAX = 10_000
/** Passwords being checked at once; each takes 19 MiB and some tens of ms of a core. */
const CHECKS_MAX = 32

const secretOf = (bytes: number) => randomBytes(bytes).toString('base64url')
const digest = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** One spelling of a password, however the keyboard composed it. Source: RFC 8265 §4.2, with NFKC. */
const spellingOf = (password: string) => password.normalize('NFKC')

async function isPassword(stored: string, password: string): Promise<boolean> {
  const spelling = spellingOf(password)
  // Too long can never be right, and must not take longer than the rest.
  const isRight = await verify(stored, spelling.slice(0, PASSWORD_LENGTH_MAX)).catch(() => false)
  return isRight && spelling.length <= PASSWORD_LENGTH_MAX
}

/** Checked when the user is unknown, so that the answer takes the same time. */
const decoy = hash('no such account')

interface Tries {
  count: number
  until: number
}

const tooManyTries = (waitMs: number) =>
  tooMany('auth.too-many-attempts', 'too many tries', { details: { retryAfterSeconds: Math.ceil(waitMs / 1_000) } })

/** Passwords (Argon2id), sessions and tokens. Only hashes are stored; tries are counted by each process for itself. */
export class Credentials {
  readonly #models: Models
  readonly #clock: () => Date
  readonly #isTrial: boolean
  readonly #tries = new LRUCache<string, Tries>({ max: TRIES_KEPT_MAX, ttl: TRIES_KEPT_MS })
  #checks = 0

  constructor(models: Models, clock: () => Date, isTrial: boolean) {
    this.#models = models
    this.#clock = clock
    this.#isTrial = isTrial
  }

  /**
   * The person of this user name, written in any case. An unknown user, a wrong password and an account without one
   * get the same answer in the same time.
   * @throws AppError auth.bad-credentials, auth.too-many-attempts
   */
  async password(username: string, password: string, address: string): Promise<Person> {
    const name = String(username).trim().toLowerCase().slice(0, USERNAME_LENGTH_MAX)
    const who = `${name}|${address}`
    this.#countTry(who)
    this.#checks++
    try {
      const person = await this.#models.persons.findOne({ username: name }).lean()
      const isRight = await isPassword(person?.passwordHash ?? (await decoy), String(password))
      if (!person?.passwordHash || !isRight)
        throw unauthenticated('auth.bad-credentials', 'unknown user or wrong password')
      this.#tries.delete(who)
      return person
    } finally {
      this.#checks--
    }
  }

  /** One tap, in the trial only. @throws AppError auth.bad-credentials */
  async persona(id: string): Promise<Person> {
    const person = this.#isTrial
      ? await this.#models.persons.findOne({ _id: String(id), persona: { $ne: null } }).lean()
      : null
    if (!person) throw unauthenticated('auth.bad-credentials', 'personas exist in the trial only')
    return person
  }

  /** Stores the password and signs the person out everywhere. @throws AppError auth.weak-password, person.not-found */
  async setPassword(person: string, password: string): Promise<void> {
    const spelling = spellingOf(password)
    if (spelling.length < PASSWORD_LENGTH_MIN || spelling.length > PASSWORD_LENGTH_MAX)
      throw unprocessable('auth.weak-password', 'too short or too long', {
        details: { min: PASSWORD_LENGTH_MIN, max: PASSWORD_LENGTH_MAX },
      })
    const passwordHash = await hash(spelling)
    const { matchedCount } = await this.#models.persons.updateOne({ _id: person }, { passwordHash })
    if (matchedCount === 0) throw notFound('person.not-found', `no person ${person}`, { details: { person } })
    await this.endAllSessions(person)
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

  /** The session of a cookie's secret, or null once idle for 12 hours or a week old. */
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

  /** Newest use first; an id shown here opens nothing. */
  sessionsOf(person: string): Promise<Session[]> {
    return this.#models.sessions.find({ person }).sort({ seenAt: -1 }).limit(50).lean()
  }

  /** Ends one of the person's own sessions by its id; another person's stays. */
  async revokeSession(person: string, id: string): Promise<void> {
    await this.#models.sessions.deleteOne({ _id: id, person })
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

  /**
   * Counted before the password is looked at, so that tries sent at once do not slip through together; a right
   * password takes the count away.
   */
  #countTry(who: string): void {
    const now = this.#clock().getTime()
    const { count, until } = this.#tries.get(who) ?? { count: 0, until: 0 }
    if (until > now) throw tooManyTries(until - now)
    if (this.#checks >= CHECKS_MAX) throw tooManyTries(WAIT_FIRST_MS)
    const wait = count + 1 < TRIES_FREE ? 0 : Math.min(WAIT_MAX_MS, WAIT_FIRST_MS * 2 ** (count + 1 - TRIES_FREE))
    this.#tries.set(who, { count: count + 1, until: now + wait })
  }
}
