import { createHash } from 'node:crypto'
import type { Models, Person } from './models.ts'
import { ACTING, ADMIN, GOVERNMENT_LINE, PERSONAS, UNITS } from './province-data.ts'

/** A person of the trial, one tap from being signed in. */
export interface Persona {
  person: string
  name: string
  title: string
  unit: string
  line: { id: string; en: string }
}

const LONG_AGO = new Date('2020-01-01T00:00:00Z')
const ZONE = 'Asia/Makassar'

interface Post {
  _id: string
  unit: string
  title: string
  superior: string | null
  roles: string[]
  order: number
  holder: string
}

/** `dr. Amélia Kusumawardhani` → `amelia.kusumawardhani` */
export const usernameOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/^dr\. /, '')
    .replace(/[^a-z ]/g, '')
    .trim()
    .replace(/ +/g, '.')

/** Eighteen digits in the shape of a NIP, derived from the name and plainly invented. */
function nipOf(name: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(name).digest('hex').slice(0, 12)}`).toString()
  return `19${digits.padEnd(16, '0').slice(0, 16)}`
}

const RANKS = ['Pembina Utama Muda', 'Pembina Tingkat I', 'Pembina', 'Penata Tingkat I', 'Penata']

function postsOf(unit: (typeof UNITS)[number]): Post[] {
  const { id, headTitle, divisions } = unit
  const head = `${id}.head`
  const secretary = `${id}.secretary`
  const at = (suffix: string, rest: Omit<Post, '_id' | 'unit'>): Post => ({ _id: `${id}.${suffix}`, unit: id, ...rest })
  const office = [
    at('head', { title: headTitle, superior: null, roles: ['head'], order: 1, holder: unit.head }),
    at('secretary', {
      title: `Sekretaris ${unit.name}`,
      superior: head,
      roles: ['secretary'],
      order: 2,
      holder: unit.secretary,
    }),
    at('verifier', {
      title: `Kepala Subbagian Umum ${unit.name}`,
      superior: secretary,
      roles: ['verifier'],
      order: 20,
      holder: unit.verifier,
    }),
    at('registrar', {
      title: `Pencatat Surat ${unit.name}`,
      superior: `${id}.verifier`,
      roles: ['registrar'],
      order: 30,
      holder: unit.registrar,
    }),
  ]
  const lines = divisions.flatMap((division, index) => [
    at(division.id, {
      title: division.title,
      superior: head,
      roles: ['division-head'],
      order: 3 + index,
      holder: division.holder,
    }),
    ...division.staff.map((holder, place) =>
      at(`${division.id}.staff-${place + 1}`, {
        title: `Staf ${division.title.replace(/^Kepala /, '')}`,
        superior: `${id}.${division.id}`,
        roles: ['staff'],
        order: 40 + index * 5 + place,
        holder,
      }),
    ),
  ])
  return [...office, ...lines]
}

function allPosts(): Post[] {
  const admin: Post = {
    _id: ADMIN.position,
    unit: ADMIN.unit,
    title: ADMIN.title,
    superior: `${ADMIN.unit}.secretary`,
    roles: ['admin'],
    order: 25,
    holder: ADMIN.name,
  }
  return [...UNITS.flatMap(postsOf), admin]
}

function personOf({ holder, order }: Post): Person {
  const id = usernameOf(holder)
  const persona = PERSONAS.findIndex(({ person }) => person === id)
  const line = PERSONAS[persona]?.line
  return {
    _id: id,
    name: holder,
    username: id,
    nip: nipOf(holder),
    rank: RANKS[Math.min(RANKS.length - 1, Math.floor(order / 8))] ?? null,
    passwordHash: null,
    language: 'id',
    persona: persona < 0 ? null : persona,
    personaLine: { id: line?.id ?? null, en: line?.en ?? null },
  }
}

/** The fictitious province of the trial. */
export class Province {
  readonly #models: Models

  constructor(models: Models) {
    this.#models = models
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#models.units.estimatedDocumentCount()) === 0
  }

  /** Units, posts, persons and holders; doing it again changes nothing. */
  async load(): Promise<void> {
    const { units, positions, persons, holdings } = this.#models
    const posts = allPosts()
    const put = <T extends { _id: string }>(document: T) => ({
      replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
    })
    const unitRows = UNITS.map(({ id, name, code, parent, address }) => {
      const parentName = parent === 'diskominfo' ? 'DINAS KOMUNIKASI DAN INFORMATIKA' : GOVERNMENT_LINE
      return { _id: id, name, code, parent, address, parentName, zone: ZONE }
    })
    await units.bulkWrite(unitRows.map(put))
    await positions.bulkWrite(posts.map(({ holder: _holder, ...position }) => put(position)))
    await persons.bulkWrite(posts.map(personOf).map(put))
    const acting = { ...ACTING, from: LONG_AGO, until: null }
    const definitive = posts.map(({ _id, holder }) => {
      return { position: _id, person: usernameOf(holder), capacity: 'definitive' as const, from: LONG_AGO, until: null }
    })
    await holdings.bulkWrite(
      [...definitive, acting].map((holding) => ({
        replaceOne: {
          filter: { position: holding.position, person: holding.person },
          replacement: holding,
          upsert: true,
        },
      })),
    )
  }

  /** Whom one may sign in as in the trial. */
  async personas(): Promise<Persona[]> {
    const persons = await this.#models.persons
      .find({ persona: { $ne: null } })
      .sort({ persona: 1 })
      .lean()
    const holdings = await this.#models.holdings.find({ person: { $in: persons.map(({ _id }) => _id) } }).lean()
    const positions = await this.#models.positions
      .find({ _id: { $in: holdings.map(({ position }) => position) } })
      .lean()
    const units = await this.#models.units.find().lean()
    return persons.map((person) => {
      const holding = holdings.find((each) => each.person === person._id)
      const position = positions.find((each) => each._id === holding?.position)
      const { id, en } = person.personaLine ?? {}
      return {
        person: person._id,
        name: person.name,
        title: position?.title ?? '',
        unit: units.find((each) => each._id === position?.unit)?.name ?? '',
        line: { id: id ?? '', en: en ?? '' },
      }
    })
  }
}
