import { text } from 'node:stream/consumers'
import { invalidInput, notFound } from '../platform/index.ts'
import type { CommandOptions, Outcome } from './command.ts'
import { withRooms } from './database.ts'

const DAY_MS = 86_400_000
const DAYS_MAX = 3_650

export const listUsers = (): Promise<Outcome> =>
  withRooms(async ({ organization: { directory } }) => {
    const people = await directory.people()
    const rows = await Promise.all(
      people.map(async ({ _id, name, username }) => {
        const { posts } = await directory.actorOf(_id)
        return {
          id: _id,
          username,
          name,
          posts: posts.map(({ position, title, unit, capacity }) => ({ position, title, unit, capacity })),
        }
      }),
    )
    const lines = rows.map(
      ({ username, name, posts }) => `${username}\t${name}\t${posts.map(({ title }) => title).join('; ')}`,
    )
    return { ok: true, text: lines.join('\n'), data: rows }
  })

function daysOf(days: string | undefined): Date | null {
  if (days === undefined) return null
  const count = Number(days)
  if (!Number.isInteger(count) || count < 1 || count > DAYS_MAX)
    throw invalidInput('cli.invalid-days', `--days must be a whole number from 1 to ${DAYS_MAX}`)
  return new Date(Date.now() + count * DAY_MS)
}

function required(user: string | undefined): string {
  if (!user) throw invalidInput('cli.user-missing', '--user <name> is needed')
  return user
}

export const createToken = ({ user, label = 'cli', days }: CommandOptions): Promise<Outcome> =>
  withRooms(async ({ organization: { directory, credentials } }) => {
    const expiresAt = daysOf(days)
    const person = await directory.byUsername(required(user))
    if (!person) throw notFound('person.not-found', `no person ${user}`, { details: { person: user } })
    const { id, token } = await credentials.createToken(person._id, label, expiresAt)
    return { ok: true, text: token, data: { token, id, user: person.username, expiresAt } }
  })

/** The password comes by standard input, so that it is in no process list and no shell history. */
export const setPassword = ({ user }: CommandOptions): Promise<Outcome> =>
  withRooms(async ({ organization: { directory, credentials } }) => {
    const person = await directory.byUsername(required(user))
    if (!person) throw notFound('person.not-found', `no person ${user}`, { details: { person: user } })
    await credentials.setPassword(person._id, (await text(process.stdin)).replace(/\r?\n$/, ''))
    return { ok: true, text: 'Sandi disimpan. / Password stored.', data: { user: person.username } }
  })
