import { LRUCache } from 'lru-cache'
import type { ActingPost, Actor } from '../engine/index.ts'
import { notFound } from '../platform/index.ts'
import type { Holding, Models, Person, Position, Unit } from './models.ts'

/** How long posts and names may lag behind a change of holders. */
const CACHE_AGE_MS = 2_000
const CACHED_MAX = 5_000
/** Posts that one call names at most. */
const NAMED_MAX = 200
const PEOPLE_MAX = 20_000

const CAPACITY_PREFIX: Record<string, string> = { plt: 'Plt. ', plh: 'Plh. ', pj: 'Pj. ' }

/** The post's title as its holder bears it: `Plh. Kepala Dinas …` for a stand-in. */
export const titleIn = (capacity: string | undefined, title: string): string =>
  `${CAPACITY_PREFIX[capacity ?? ''] ?? ''}${title}`

/** Whoever stands in goes before the holder. */
export const leadingOf = <T extends { capacity: string }>(holdings: readonly T[]): T | undefined =>
  holdings.find((holding) => holding.capacity !== 'definitive') ?? holdings[0]

/** Who sits behind a tray key now. */
export interface HolderName {
  title: string
  name: string
}

function keysOf(position: Position): string[] {
  const { _id, unit, roles } = position
  return [`position:${_id}`, `unit:${unit}`, ...roles.flatMap((role) => [`role:${role}@${unit}`, `role:${role}`])]
}

/** Filter of the holdings that count at `at`. */
const current = (at: Date) => ({ from: { $lte: at }, $or: [{ until: null }, { until: { $gt: at } }] })

/** Who works where: units, posts, holders, and what they let a person do now. */
export class Directory {
  readonly #models: Models
  readonly #clock: () => Date
  readonly #actors = new LRUCache<string, Actor>({ max: CACHED_MAX, ttl: CACHE_AGE_MS })
  readonly #names = new LRUCache<string, Promise<HolderName[]>>({ max: CACHED_MAX, ttl: CACHE_AGE_MS })

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
    const { _id, unit, title } = position
    const capacity = leadingOf(holdings.filter((holding) => holding.position === _id))?.capacity ?? 'definitive'
    return { position: _id, title: titleIn(capacity, title), unit, capacity, keys: keysOf(position) }
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

  /** Whom a post may give work to: direct subordinates of any unit first, then everybody else below it in its own. */
  async subordinates(position: string): Promise<Position[]> {
    const { unit } = await this.position(position)
    const [own, direct] = await Promise.all([
      this.positions({ unit }),
      this.#models.positions.find({ superior: position }).sort({ order: 1, unit: 1 }).limit(NAMED_MAX).lean(),
    ])
    // Own unit before other units; a circle of superiors ends at the first post met twice.
    const below: Position[] = [
      ...direct.filter((each) => each.unit === unit),
      ...direct.filter((each) => each.unit !== unit),
    ]
    const met = new Set([position, ...below.map((each) => each._id)])
    for (const superior of below) {
      const next = own.filter((each) => each.superior === superior._id && !met.has(each._id))
      for (const each of next) met.add(each._id)
      below.push(...next)
    }
    return below
  }

  /** Heads of the other units that are not directly below it. */
  async peers(position: string): Promise<Position[]> {
    const { unit } = await this.position(position)
    return this.#models.positions
      .find({ roles: 'head', unit: { $ne: unit }, superior: { $ne: position } })
      .sort({ unit: 1 })
      .lean()
  }

  /** Who acts in a post now: whoever stands in, else the holder; null while it is vacant. */
  async holderOf(position: string): Promise<string | null> {
    const holdings = await this.#models.holdings.find({ position, ...current(this.#clock()) }).lean()
    return leadingOf(holdings)?.person ?? null
  }

  /**
   * Names behind tray keys, highest post first, at most 200, up to two seconds old; a vacant post shows its title with
   * an empty name.
   */
  holdersOf(keys: readonly string[]): Promise<HolderName[]> {
    const key = JSON.stringify(keys)
    const known = this.#names.get(key)
    if (known) return known
    const names = this.#readHolders(keys)
    this.#names.set(key, names)
    names.catch(() => this.#names.delete(key))
    return names
  }

  async #readHolders(keys: readonly string[]): Promise<HolderName[]> {
    const found = await this.#positionsOf(keys)
    const positions = found.map((position) => position._id)
    const holdings = await this.#models.holdings
      .find({ position: { $in: positions }, ...current(this.#clock()) })
      .lean()
    const persons = await this.#models.persons
      .find({ _id: { $in: holdings.map((holding) => holding.person) } }, { name: 1 })
      .lean()
    const nameOf = new Map(persons.map(({ _id, name }) => [_id, name]))
    return found.map(({ _id, title }) => {
      const holding = leadingOf(holdings.filter((each) => each.position === _id))
      return { title: titleIn(holding?.capacity, title), name: nameOf.get(holding?.person ?? '') ?? '' }
    })
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
    return this.#models.positions.find({ $or: clauses }).sort({ order: 1 }).limit(NAMED_MAX).lean()
  }
}
