import { createHash } from 'node:crypto'
import { leadingOf, titleIn } from './directory.ts'
import type { Holding, Models, Person } from './models.ts'
import { ACTING, ADMIN, GOVERNMENT_LINE, PERSONAS, PROVINCE_NAME, UNITS } from './province-data.ts'

/** A person of the trial, one tap from being signed in. */
export interface Persona {
  person: string
  name: string
  title: string
  unit: string
  line: { id: string; en: string }
}

/** Holders were appointed before the first letter of the trial. */
const APPOINTED = new Date('2020-01-01T00:00:00Z')
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

const two = (number: number) => String(number).padStart(2, '0')

/**
 * Eighteen digits in the shape of a NIP (birth, appointment, sex, serial), derived from the name. Appointed in a month
 * 13, it can be nobody's.
 */
function nipOf(name: string): string {
  const [year = 0, month = 0, day = 0, age = 0, sex = 0, serial = 0] = createHash('sha256').update(name).digest()
  const born = 1967 + (year % 30)
  return `${born}${two(1 + (month % 12))}${two(1 + (day % 28))}${born + 23 + (age % 5)}13${1 + (sex % 2)}${String(serial).padStart(3, '0')}`
}

const RANKS = ['Pembina Utama Muda', 'Pembina Tingkat I', 'Pembina', 'Penata Tingkat I', 'Penata']

function postsOf(unit: (typeof UNITS)[number]): Post[] {
  const { id, headTitle, under, titles, divisions } = unit
  const head = `${id}.head`
  const secretary = `${id}.secretary`
  const at = (suffix: string, rest: Omit<Post, '_id' | 'unit'>): Post => ({ _id: `${id}.${suffix}`, unit: id, ...rest })
  const office = [
    at('head', { title: headTitle, superior: under, roles: ['head'], order: 1, holder: unit.head }),
    at('secretary', {
      title: titles?.secretary ?? `Sekretaris ${unit.name}`,
      superior: head,
      roles: ['secretary'],
      order: 2,
      holder: unit.secretary,
    }),
    at('verifier', {
      title: titles?.verifier ?? `Kepala Subbagian Umum ${unit.name}`,
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

type Seeded = Omit<Person, 'passwordHash' | 'language'>

function personOf({ holder, order }: Post): Seeded {
  const id = usernameOf(holder)
  const persona = PERSONAS.findIndex(({ person }) => person === id)
  const line = PERSONAS[persona]?.line
  return {
    _id: id,
    name: holder,
    username: id,
    nip: nipOf(holder),
    rank: RANKS[Math.min(RANKS.length - 1, Math.floor(order / 8))] ?? null,
    persona: persona < 0 ? null : persona,
    personaLine: { id: line?.id ?? null, en: line?.en ?? null },
  }
}

function holdingsOf(posts: readonly Post[], now: Date): Holding[] {
  const holding = (position: string, person: string, capacity: Holding['capacity'], from: Date): Holding => {
    return { _id: `${position}.${person}.${capacity}`, position, person, capacity, from, until: null }
  }
  const definitive = posts.map(({ _id, holder }) => holding(_id, usernameOf(holder), 'definitive', APPOINTED))
  return [...definitive, holding(ACTING.position, ACTING.person, ACTING.capacity, now)]
}

/** First line of a unit's letterhead. */
function parentNameOf({ id, parent }: (typeof UNITS)[number]): string {
  if (id === 'biro-organisasi') return `SEKRETARIAT DAERAH PROVINSI ${PROVINCE_NAME.toUpperCase()}`
  const above = UNITS.find((unit) => unit.id === parent)
  return above && above.id !== 'setda' ? above.name.toUpperCase() : GOVERNMENT_LINE
}

/** The fictitious province of the trial. */
export class Province {
  readonly #models: Models
  readonly #clock: () => Date

  constructor(models: Models, clock: () => Date) {
    this.#models = models
    this.#clock = clock
  }

  async isEmpty(): Promise<boolean> {
    return (await this.#models.units.estimatedDocumentCount()) === 0
  }

  /**
   * Units, posts, persons and holders. Every process of the trial does it at its start, also at the same time: what
   * people changed since (password, language, the end of a holding) stays.
   */
  async load(): Promise<void> {
    const { units, positions, persons, holdings } = this.#models
    const posts = allPosts()
    const put = <T extends { _id: string }>({ _id, ...fields }: T, initial: object = {}) => ({
      updateOne: { filter: { _id }, update: { $set: fields, $setOnInsert: initial }, upsert: true },
    })
    const unitRows = UNITS.map((unit) => {
      const { id, name, code, parent, address } = unit
      return { _id: id, name, code, parent, address, parentName: parentNameOf(unit), zone: ZONE }
    })
    await units.bulkWrite(unitRows.map((row) => put(row)))
    await positions.bulkWrite(posts.map(({ holder: _holder, ...position }) => put(position)))
    await persons.bulkWrite(posts.map((post) => put(personOf(post), { passwordHash: null, language: 'id' })))
    await holdings.bulkWrite(
      holdingsOf(posts, this.#clock()).map(({ _id, ...first }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: first }, upsert: true },
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
      const holding = leadingOf(holdings.filter((each) => each.person === person._id))
      const position = positions.find((each) => each._id === holding?.position)
      const { id, en } = person.personaLine ?? {}
      return {
        person: person._id,
        name: person.name,
        title: titleIn(holding?.capacity, position?.title ?? ''),
        unit: units.find((each) => each._id === position?.unit)?.name ?? '',
        line: { id: id ?? '', en: en ?? '' },
      }
    })
  }
}
