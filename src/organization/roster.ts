import { z } from 'zod'
import { unprocessable } from '../platform/index.ts'
import type { Models } from './models.ts'

const ROWS_MAX = 20_000
const PROBLEMS_MAX = 50

/** Ids become part of tray keys: no colon, no at sign. */
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}$/, 'lower-case letters, digits, dots and dashes')
const text = z.string().trim().min(1).max(300)
const zone = z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'])

/** The file of an office's units, posts, people and who holds what. */
export const rosterSchema = z.strictObject({
  units: z
    .array(
      z.strictObject({
        id,
        name: text,
        parent: id.nullable().default(null),
        /** First line of the letterhead. */
        parentName: text,
        address: text,
        code: z.string().trim().min(1).max(30),
        zone: zone.default('Asia/Makassar'),
      }),
    )
    .max(ROWS_MAX),
  positions: z
    .array(
      z.strictObject({
        id,
        unit: id,
        title: text,
        superior: id.nullable().default(null),
        roles: z.array(z.string().regex(/^[a-z-]{1,40}$/)).max(10),
        order: z.number().int().min(0).max(9_999).default(50),
      }),
    )
    .max(ROWS_MAX),
  persons: z
    .array(
      z.strictObject({
        username: id,
        name: text,
        nip: z
          .string()
          .regex(/^\d{18}$/, '18 digits')
          .nullable()
          .default(null),
        rank: text.nullable().default(null),
      }),
    )
    .max(ROWS_MAX),
  holdings: z
    .array(
      z.strictObject({
        position: id,
        person: id,
        capacity: z.enum(['definitive', 'plt', 'plh', 'pj']).default('definitive'),
        from: z.iso.date(),
        /** First day it no longer counts. */
        until: z.iso.date().nullable().default(null),
      }),
    )
    .max(ROWS_MAX),
})

export type RosterFile = z.output<typeof rosterSchema>

export interface RosterReport {
  units: number
  positions: number
  persons: number
  holdings: number
}

const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map((row) => row.id))

/** Every name in the file that leads nowhere, and every unit a letter could not go through. */
function problemsOf({ units, positions, persons, holdings }: RosterFile): string[] {
  const unitIds = idsOf(units)
  const positionIds = idsOf(positions)
  const usernames = new Set(persons.map(({ username }) => username))
  const lost = (what: string, name: string | null, known: ReadonlySet<string>) =>
    name !== null && !known.has(name) ? [`${what}: ${name}`] : []
  return [
    ...units.flatMap((unit) => lost(`unit ${unit.id}, parent`, unit.parent, unitIds)),
    ...positions.flatMap((post) => [
      ...lost(`position ${post.id}, unit`, post.unit, unitIds),
      ...lost(`position ${post.id}, superior`, post.superior, positionIds),
    ]),
    ...holdings.flatMap((holding) => [
      ...lost('holding, position', holding.position, positionIds),
      ...lost('holding, person', holding.person, usernames),
    ]),
    ...units.flatMap((unit) => {
      const heads = positions.filter((post) => post.unit === unit.id && post.roles.includes('head')).length
      return heads === 1 ? [] : [`unit ${unit.id}: ${heads} posts with role head, one is needed`]
    }),
  ]
}

const put = <T extends { _id: string }>({ _id, ...fields }: T, initial: object = {}) => ({
  updateOne: { filter: { _id }, update: { $set: fields, $setOnInsert: initial }, upsert: true },
})

/**
 * Takes an office's people over from a file, all or nothing; what is not in the file stays. Doing it again with the
 * same file changes nothing, passwords and languages are kept.
 * @throws AppError organization.invalid with every problem found
 */
export async function importRoster(models: Models, data: unknown, options: { dryRun: boolean }): Promise<RosterReport> {
  const parsed = rosterSchema.safeParse(data)
  const problems = parsed.success
    ? problemsOf(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  if (!parsed.success || problems.length > 0) {
    const shown = problems.slice(0, PROBLEMS_MAX)
    throw unprocessable('organization.invalid', shown.join('; '), {
      details: { problems: shown, count: problems.length },
    })
  }
  const { units, positions, persons, holdings } = parsed.data
  const report = {
    units: units.length,
    positions: positions.length,
    persons: persons.length,
    holdings: holdings.length,
  }
  if (options.dryRun) return report
  await models.units.db.transaction(async (session) => {
    const write = { session }
    if (units.length > 0)
      await models.units.bulkWrite(
        units.map(({ id: _id, ...row }) => put({ _id, ...row })),
        write,
      )
    if (positions.length > 0)
      await models.positions.bulkWrite(
        positions.map(({ id: _id, ...row }) => put({ _id, ...row })),
        write,
      )
    const people = persons.map((row) => put({ _id: row.username, ...row }, { passwordHash: null, language: 'id' }))
    if (people.length > 0) await models.persons.bulkWrite(people, write)
    const held = holdings.map(({ from, until, ...row }) =>
      put({
        _id: `${row.position}.${row.person}.${row.capacity}`,
        ...row,
        from: new Date(from),
        until: until === null ? null : new Date(until),
      }),
    )
    if (held.length > 0) await models.holdings.bulkWrite(held, write)
  })
  return report
}
