import { LRUCache } from 'lru-cache'
import type { ActingPost, Actor } from '../engine/index.ts'
import { notFound } from '../platform/index.ts'
import type { Holding, Models, Person, Position, Unit } from './models.ts'

/** How long a person's posts may lag behind a change of holders. */
const ACTOR_AGE_MS = 2_000
const ACTORS_MAX = 5_000
const PEOPLE_MAX = 20_000

const CAPACITY_PREFIX: Record<string, string> = { plt: 'Plt. ', plh: 'Plh. ', pj: 'Pj. ' }

/** Who sits behind a tray key now. */
export interface HolderName {
  title: string
  name: string
}

function keysOf(position: Position): string[] {
  const { _id, unit, roles } = position
  return [`position:${_id}`, `unit:${unit}`, ...roles.flatMap((role) => [`role:${role}@${unit}`, `role:${role}`])]
}

const current = (at: Date) => ({ from: { $lte: at }, $or: [{ until: null }, { until: { $gt: at } }] })

/** Who works where: units, posts, holders, and what they let a person do now. */
export class Directory {
  readonly #models: Models
  readonly #clock: () => Date
  readonly #actors = new LRUCache<string, Actor>({ max: ACTORS_MAX, ttl: ACTOR_AGE_MS })

  constructor(models: Models, clock: () => Date) {
    this.#models = models
    this.#clock = clock
  }

  /** The person in all posts held at `at`; acting posts are marked in the title. @throws AppError person.not-found */
  async actorOf(person: string, at?: Date): Promise<Actor> {
    const cached = at ? undefined : this.#actors.get(person)
    if (cached) return cached
    const { name } = await this.person(person)
    const holdings = await this.#models.holdings.find({ person, ...current(at ?? this.#clock()) }).lean()
    const positions = await this.#models.positions
      .find({ _id: { $in: holdings.map((holding) => holding.position) } })
      .sort({ order: 1 })
      .lean()
    const posts = positions.map((position) => this.#post(position, holdings))
    const actor: Actor = { person, name, posts }
    if (!at) this.#actors.set(person, actor)
    return actor
  }

  #post(position: Position, holdings: readonly Holding[]): ActingPost {
    const capacity = holdings.find((holding) => holding.position === position._id)?.capacity ?? 'definitive'
    const title = `${CAPACITY_PREFIX[capacity] ?? ''}${position.title}`
    return { position: position._id, title, unit: position.unit, capacity, keys: keysOf(position) }
  }

  async person(id: string): Promise<Person> {
    const person = await this.#models.persons.findById(id).lean()
    if (!person) throw notFound('person.not-found', `no person ${id}`, { details: { person: id } })
    return person
  }

  byUsername(username: string): Promise<Person | null> {
    return this.#models.persons.findOne({ username }).lean()
  }

  /** Everybody, by name; for operators. */
  people(): Promise<Person[]> {
    return this.#models.persons.find().sort({ name: 1 }).limit(PEOPLE_MAX).lean()
  }

  async unit(id: string): Promise<Unit> {
    const unit = await this.#models.units.findById(id).lean()
    if (!unit) throw notFound('unit.not-found', `no unit ${id}`, { details: { unit: id } })
    return unit
  }

  units(): Promise<Unit[]> {
    return this.#models.units.find().sort({ name: 1 }).lean()
  }

  async position(id: string): Promise<Position> {
    const position = await this.#models.positions.findById(id).lean()
    if (!position) throw notFound('position.not-found', `no position ${id}`, { details: { position: id } })
    return position
  }

  /** Posts of a unit, or all, highest first. */
  positions(filter: { unit?: string; ids?: readonly string[] } = {}): Promise<Position[]> {
    const { unit, ids } = filter
    return this.#models.positions
      .find({ ...(unit && { unit }), ...(ids && { _id: { $in: [...ids] } }) })
      .sort({ unit: 1, order: 1 })
      .lean()
  }

  /** The head of a unit. @throws AppError unit.without-head */
  async headOf(unit: string): Promise<Position> {
    const head = await this.#models.positions.findOne({ unit, roles: 'head' }).lean()
    if (!head) throw notFound('unit.without-head', `unit ${unit} has no head`, { details: { unit } })
    return head
  }

  /** Whom a post may give work to: direct subordinates first, then everybody else below it. */
  async subordinates(position: string): Promise<Position[]> {
    const { unit } = await this.position(position)
    const all = await this.positions({ unit })
    const below: Position[] = []
    for (let level = [position]; level.length > 0; ) {
      const next = all.filter((each) => each.superior !== null && level.includes(each.superior ?? ''))
      below.push(...next)
      level = next.map((each) => each._id)
    }
    return below
  }

  /** Heads of the other units. */
  async peers(position: string): Promise<Position[]> {
    const { unit } = await this.position(position)
    return this.#models.positions
      .find({ roles: 'head', unit: { $ne: unit } })
      .sort({ unit: 1 })
      .lean()
  }

  /** Names behind tray keys at this moment; a vacant post shows its title alone. */
  async holdersOf(keys: readonly string[]): Promise<HolderName[]> {
    const found = await this.#positionsOf(keys)
    const positions = found.map((position) => position._id)
    const holdings = await this.#models.holdings
      .find({ position: { $in: positions }, ...current(this.#clock()) })
      .lean()
    const persons = await this.#models.persons
      .find({ _id: { $in: holdings.map((holding) => holding.person) } }, { name: 1 })
      .lean()
    return found.map((position) => {
      const holding = this.#acting(holdings, position._id)
      const prefix = holding ? (CAPACITY_PREFIX[holding.capacity] ?? '') : ''
      return { title: prefix + position.title, name: persons.find(({ _id }) => _id === holding?.person)?.name ?? '' }
    })
  }

  /** Whoever stands in for the holder goes before the holder. */
  #acting(holdings: readonly Holding[], position: string): Holding | undefined {
    const of = holdings.filter((holding) => holding.position === position)
    return of.find((holding) => holding.capacity !== 'definitive') ?? of[0]
  }

  async #positionsOf(keys: readonly string[]): Promise<Position[]> {
    const clauses = keys.map((key) => {
      const [kind, rest = ''] = key.split(/:(.*)/s)
      if (kind === 'position') return { _id: rest }
      if (kind === 'unit') return { unit: rest }
      const [role = '', unit] = rest.split('@')
      return unit ? { roles: role, unit } : { roles: role }
    })
    if (clauses.length === 0) return []
    return this.#models.positions.find({ $or: clauses }).sort({ order: 1 }).limit(50).lean()
  }
}
