import type { mongo } from 'mongoose'
import { z } from 'zod'
import { type Actor, keysOf } from './actor.ts'
import type { EventOffer, InstanceQuery, OpenBranch, Page, TaskItem, TaskQuery } from './engine.ts'
import type { Instance, Task } from './instance.ts'
import { refusals } from './refusal.ts'
import type { Process, Registry } from './registry.ts'
import { activeMeta, explanationOf, holdsAccess, rightTo } from './rights.ts'
import type { Store } from './store.ts'

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 20
/** Instances of one tree that are shown; a letter has a handful, a flood stays bounded. */
const TREE_MAX = 2_000
const COUNT_MAX = 10_000
const WORDS_MAX = 6

const limitOf = (limit: number | undefined) => Math.min(LIMIT_MAX, Math.max(1, limit ?? LIMIT_DEFAULT))

const encodeCursor = (fields: readonly unknown[]) => Buffer.from(JSON.stringify(fields)).toString('base64url')

const cursorShapes = {
  tray: z.tuple([z.number(), z.iso.datetime(), z.string()]),
  list: z.tuple([z.iso.datetime(), z.string()]),
}

function decodeCursor<T extends z.ZodType>(shape: T, cursor: string): z.output<T> {
  try {
    return shape.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw refusals.badCursor()
  }
}

/** After the cursor in the order of the tray: most urgent first, then longest waiting. */
function afterTray(cursor: string): mongo.Filter<Instance> {
  const [priority, since, id] = decodeCursor(cursorShapes.tray, cursor)
  const waitingSince = new Date(since)
  return {
    $or: [
      { priority: { $lt: priority } },
      { priority, waitingSince: { $gt: waitingSince } },
      { priority, waitingSince, _id: { $gt: id } },
    ],
  }
}

function afterList(cursor: string): mongo.Filter<Instance> {
  const [at, id] = decodeCursor(cursorShapes.list, cursor)
  const startedAt = new Date(at)
  return { $or: [{ startedAt: { $lt: startedAt } }, { startedAt, _id: { $lt: id } }] }
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const containing = (text: string): mongo.Filter<Instance>[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, WORDS_MAX)
    .map((word) => ({ searchText: { $regex: escaped(word.slice(0, 60)) } }))

/** JSON Schema of event data, made once per schema. */
const schemas = new WeakMap<z.ZodType, unknown>()
export function jsonSchemaOf(schema: z.ZodType): unknown {
  const known = schemas.get(schema)
  if (known) return known
  const made = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  schemas.set(schema, made)
  return made
}

function itemsOf(instance: Instance, keys: readonly string[]): TaskItem[] {
  const mine = (task: Task) => task.for.some((key) => keys.includes(key))
  const { _id, root, workflow, unit, summary, priority } = instance
  return instance.tasks
    .filter(mine)
    .map((task) => ({ id: `${_id}:${task.id}`, instance: _id, root, workflow, unit, summary, priority, task }))
}

const TRAY_FIELDS = { root: 1, workflow: 1, unit: 1, summary: 1, priority: 1, tasks: 1, waitingSince: 1 } as const

/** Everything that reads. Rights are part of the query, so a clerk's list is as quick as anybody's. */
export class Queries {
  readonly #store: Store
  readonly #registry: Registry

  constructor(store: Store, registry: Registry) {
    this.#store = store
    this.#registry = registry
  }

  async mayRead(instance: Instance, actor: Actor): Promise<boolean> {
    if (holdsAccess(instance, actor)) return true
    if (instance.root === instance._id) return false
    const root = await this.#store.instances.findOne({ _id: instance.root }, { projection: { access: 1 } })
    return root !== null && holdsAccess(root, actor)
  }

  async read(id: string, actor: Actor): Promise<Instance> {
    const instance = await this.#store.fresh(id)
    if (!instance || !(await this.mayRead(instance, actor))) throw refusals.instanceNotFound(id)
    return instance
  }

  async offers(id: string, actor: Actor): Promise<EventOffer[]> {
    const instance = await this.read(id, actor)
    if (instance.status !== 'active') return []
    const process = this.#registry.pinned(instance.workflow, instance.version, instance.fingerprint)
    return offeredEvents(process, instance).flatMap((type) => offerOf(process, instance, type, actor))
  }

  async tasks(query: TaskQuery): Promise<Page<TaskItem>> {
    const keys = keysOf(query.actor)
    const limit = limitOf(query.limit)
    const filter = {
      'tasks.for': { $in: keys },
      ...(query.workflow && { workflow: query.workflow }),
      ...(query.cursor && afterTray(query.cursor)),
    }
    const found = await this.#store.instances
      .find(filter, { projection: TRAY_FIELDS })
      .sort({ priority: -1, waitingSince: 1, _id: 1 })
      .limit(limit + 1)
      .toArray()
    const page = found.slice(0, limit)
    const last = found.length > limit ? page.at(-1) : undefined
    const next = last?.waitingSince ? encodeCursor([last.priority, last.waitingSince.toISOString(), last._id]) : null
    return { items: page.flatMap((instance) => itemsOf(instance, keys)), next }
  }

  async countTasks(actor: Actor): Promise<number> {
    const keys = keysOf(actor)
    const isMine = { $gt: [{ $size: { $setIntersection: ['$$this.for', keys] } }, 0] }
    const counted = await this.#store.instances
      .aggregate<{ n: number }>([
        { $match: { 'tasks.for': { $in: keys } } },
        { $limit: COUNT_MAX },
        { $project: { n: { $size: { $filter: { input: '$tasks', cond: isMine } } } } },
        { $group: { _id: null, n: { $sum: '$n' } } },
      ])
      .toArray()
    return counted[0]?.n ?? 0
  }

  /** Newest first, without histories. */
  async instances(query: InstanceQuery): Promise<Page<Instance>> {
    const limit = limitOf(query.limit)
    const { workflow, status, unit, root, text = '', cursor } = query
    // Whoever may read the root may read its whole tree.
    if (root) await this.read(root, query.actor)
    const filter = {
      ...(root ? { root } : { access: { $in: keysOf(query.actor) } }),
      ...(workflow && { workflow }),
      ...(status && { status }),
      ...(unit && { unit }),
      $and: [...containing(text), ...(cursor ? [afterList(cursor)] : []), {}],
    }
    const found = await this.#store.instances
      .find(filter, { projection: { audit: 0 } })
      .sort({ startedAt: -1, _id: -1 })
      .limit(limit + 1)
      .toArray()
    const page = found.slice(0, limit).map((instance) => ({ ...instance, audit: [] }))
    const last = found.length > limit ? page.at(-1) : undefined
    return { items: page, next: last ? encodeCursor([last.startedAt.toISOString(), last._id]) : null }
  }

  async tree(root: string, actor: Actor): Promise<Instance[]> {
    await this.read(root, actor)
    return this.#store.instances.find({ root }).sort({ depth: 1, startedAt: 1, _id: 1 }).limit(TREE_MAX).toArray()
  }

  async parked() {
    const found = await this.#store.instances
      .find({ problem: { $type: 'string' } }, { projection: { workflow: 1, problem: 1, updatedAt: 1 } })
      .sort({ updatedAt: 1 })
      .limit(LIMIT_MAX)
      .toArray()
    return found.map(({ _id, workflow, problem, updatedAt }) => ({ id: _id, workflow, problem, since: updatedAt }))
  }

  /** Open tasks of every descendant. */
  async openBranches(id: string): Promise<OpenBranch[]> {
    const top = await this.#store.fresh(id)
    if (!top) return []
    const open = await this.#store.instances
      .find({ root: top.root, status: { $in: ['active', 'parked'] } }, { projection: { parent: 1, tasks: 1 } })
      .sort({ depth: 1, startedAt: 1 })
      .limit(TREE_MAX)
      .toArray()
    const below = new Set([id])
    for (const { _id, parent } of open) if (parent && below.has(parent.instance)) below.add(_id)
    return open.filter(({ _id }) => _id !== id && below.has(_id)).flatMap(branchesOf)
  }
}

const branchesOf = ({ _id, tasks }: Pick<Instance, '_id' | 'tasks'>): OpenBranch[] =>
  tasks.map(({ id: task, for: keys, title, openedAt: since, seenAt }) => ({
    instance: _id,
    task,
    for: keys,
    title,
    since,
    seenAt,
  }))

/** Events that active states offer to anybody, those of tasks first. */
function offeredEvents(process: Process, instance: Instance): string[] {
  const fromTasks = instance.tasks.flatMap((task) => task.events)
  const fromMay = activeMeta(process, instance).flatMap((meta) => Object.keys(meta.may ?? {}))
  return [...new Set([...fromTasks, ...fromMay])]
}

function offerOf(process: Process, instance: Instance, type: string, actor: Actor): EventOffer[] {
  const right = rightTo(process, instance, type, actor)
  const schema = process.definition.events[type]
  const title = process.definition.eventTitles[type]
  if (right.kind !== 'granted' || !schema || !title) return []
  const reason = explanationOf(process, instance, type)
  return [
    {
      type,
      title,
      schema: jsonSchemaOf(schema),
      task: right.task?.id ?? null,
      possible: reason === null,
      reason: reason && { code: reason.code, title: reason.title, details: {} },
    },
  ]
}
