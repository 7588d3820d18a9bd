import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Calendar } from '../calendar/index.ts'
import { AppError, conflict, type Logger } from '../platform/index.ts'
import { type Actor, actAs, keysOf } from './actor.ts'
import { canonical, sha256 } from './audit.ts'
import { ask, type Birth, type Cause, type Decision, decideNote, decideStart, decideStep, stampOf } from './decide.ts'
import type { Moment } from './draft.ts'
import type { SendCommand, StartCommand } from './engine.ts'
import type { Instance, Json } from './instance.ts'
import { toJson } from './json.ts'
import { refusals } from './refusal.ts'
import type { Process, Registry } from './registry.ts'
import { explanationOf, rightTo, starterOf } from './rights.ts'
import type { Store } from './store.ts'

/** Lost races after which a command gives up; each loss means that somebody else got on. */
const RACES_MAX = 25

export interface CommandParts {
  store: Store
  registry: Registry
  calendarOf(unit: string): Calendar
  clock(): Date
  log: Logger
  mayRead(instance: Instance, actor: Actor): Promise<boolean>
  /** Details for a refusal that names who holds the open branches. */
  holdersBelow(instance: Instance): Promise<Json>
  /** Called after every commit, with what is new in it. */
  committed(decision: Decision): void
}

/** What to do with the instance as it stands; null: nothing, answer with it as it is. */
type Decide = (instance: Instance, process: Process, moment: Moment) => Decision | null | Promise<Decision | null>

function parse(schema: z.ZodType, data: unknown, refuse: (issues: Json) => AppError): Json {
  const parsed = schema.safeParse(data ?? {})
  if (!parsed.success) throw refuse(toJson(parsed.error.issues))
  return toJson(parsed.data)
}

/** Key of a command within an instance: the sender's own keys cannot collide with another's. */
const operationOf = (actor: Actor, key: string): string => sha256(`${actor.person}|${key}`).slice(0, 32)

const ROOT = { parent: null, depth: 0 } as const

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** The same start command always names the same instance: 25 letters of a hash, 125 bits. */
export function instanceIdOf(actor: Actor, { workflow, idempotencyKey }: StartCommand): string {
  const digest = createHash('sha256').update(`${actor.person}|${workflow}|${idempotencyKey}`).digest()
  return Array.from(digest.subarray(0, 25), (byte) => BASE32[byte % 32]).join('')
}

/** Commands: every change of an instance goes through here, from a person, a timer, a job or a child alike. */
export class Commands {
  readonly #parts: CommandParts
  readonly #tails = new Map<string, Promise<unknown>>()

  constructor(parts: CommandParts) {
    this.#parts = parts
  }

  async start(command: StartCommand): Promise<Instance> {
    const { actor } = command
    const process = this.#parts.registry.latest(command.workflow)
    const data = parse(process.definition.start, command.data, (issues) =>
      refusals.invalidStart(command.workflow, issues),
    )
    const by = starterOf(process, data, actor)
    if (!by) throw refusals.startForbidden(command.workflow)
    const id = instanceIdOf(actor, command)
    const operation = operationOf(actor, command.idempotencyKey)
    const cause: Cause = { kind: 'start', event: 'start', by, operation, data }
    return this.#inTurn(id, async () => {
      const { instance, isNew } = await this.#born(process, { ...ROOT, id, root: id, unit: by.unit }, data, cause)
      if (!isNew && !(await this.#isReplay(instance, operation, 'start', data))) throw refusals.mismatch()
      return instance
    })
  }

  /** A child of a running instance; its id is given, so that twice is once. */
  async startChild(workflow: string, birth: Birth, input: Json): Promise<Instance> {
    const process = this.#parts.registry.latest(workflow)
    const data = parse(process.definition.start, input, (issues) => refusals.invalidStart(workflow, issues))
    const cause: Cause = { kind: 'start', event: 'start', by: null, operation: null, data }
    return (await this.#born(process, birth, data, cause)).instance
  }

  send(command: SendCommand): Promise<Instance> {
    return this.change(command.instance, (instance, process, moment) =>
      this.#decideSend(command, instance, process, moment),
    )
  }

  /** Marks the actor's tasks as seen and tells the machine, if it wants to know. */
  see({ instance, actor }: { instance: string; actor: Actor }): Promise<Instance> {
    return this.change(instance, async (current, process, moment) => {
      const decision = decideSee(actor, current, process, moment)
      if (!decision && !(await this.#parts.mayRead(current, actor))) throw refusals.instanceNotFound(current._id)
      return decision
    })
  }

  /** The way every change takes: load, decide, commit, and again after a lost race. */
  change(id: string, decide: Decide): Promise<Instance> {
    return this.#inTurn(id, async () => {
      for (let race = 0; race < RACES_MAX; race++) {
        const outcome = await this.#attempt(id, decide, race > 0)
        if (outcome) return outcome
      }
      throw conflict('instance.busy', 'lost too many races', { details: { instance: id } })
    })
  }

  /** One try; null after a lost race. What memory refuses is asked again of the database before it counts. */
  async #attempt(id: string, decide: Decide, isAnew: boolean): Promise<Instance | null> {
    const { store, registry } = this.#parts
    const known = isAnew ? { instance: await store.fresh(id), fresh: true } : await store.known(id)
    const { instance } = known
    if (!instance) throw refusals.instanceNotFound(id)
    try {
      const process = registry.pinned(instance.workflow, instance.version, instance.fingerprint)
      const decision = await decide(instance, process, this.#moment(instance.unit, instance.updatedAt))
      if (decision === null) return known.fresh ? instance : this.#confirmed(id, instance)
      return (await store.commit(decision)) === 'committed' ? this.#committed(decision) : null
    } catch (error) {
      if (known.fresh || !(error instanceof AppError) || error.kind === 'unavailable') throw error
      return this.#attempt(id, decide, true)
    }
  }

  /** "Nothing to do" from memory counts only if memory is the newest form. */
  async #confirmed(id: string, cached: Instance): Promise<Instance | null> {
    const current = await this.#parts.store.fresh(id)
    return current && current.revision === cached.revision ? current : null
  }

  async #born(process: Process, birth: Birth, data: Json, cause: Cause) {
    const { store } = this.#parts
    const decision = decideStart(process, birth, data, cause, this.#moment(birth.unit))
    if ((await store.commit(decision)) === 'committed') return { instance: this.#committed(decision), isNew: true }
    const existing = await store.fresh(birth.id)
    if (!existing) throw refusals.instanceNotFound(birth.id)
    return { instance: existing, isNew: false }
  }

  async #decideSend(command: SendCommand, instance: Instance, process: Process, moment: Moment) {
    const { type, actor } = command
    const operation = operationOf(actor, command.idempotencyKey)
    const right = rightTo(process, instance, type, actor)
    if (right.kind !== 'granted' && !(await this.#parts.mayRead(instance, actor)))
      throw refusals.instanceNotFound(instance._id)
    const { events } = process.definition
    const schema = Object.hasOwn(events, type) ? events[type] : undefined
    if (!schema) throw refusals.unknownEvent(type, instance.workflow)
    const data = parse(schema, command.data, (issues) => refusals.invalidEvent(type, issues))
    if (await this.#isReplay(instance, operation, type, data)) return null
    if (right.kind === 'not-yours') throw refusals.eventForbidden(type)
    if (command.revision !== undefined && command.revision < instance.decisiveRevision) throw refusals.stale(instance)
    if (right.kind === 'not-offered' || instance.status !== 'active') throw await this.#refusal(process, instance, type)
    const event = { type, data, ...stampOf(instance.revision + 1, moment, right.by) }
    const step = ask(process, instance, event)
    if (!step.changed) throw await this.#refusal(process, instance, type)
    const cause: Cause = { kind: 'event', event: type, by: right.by, operation, data }
    return decideStep(process, instance, { step, event }, cause, moment, { seen: right.task?.for ?? [] })
  }

  /** A command seen before is answered as then; the same key with other content is refused. */
  async #isReplay(instance: Instance, operation: string, type: string, data: Json): Promise<boolean> {
    const entry = await this.#parts.store.entryOf(instance, operation)
    if (!entry) return false
    if (entry.event !== type || canonical(entry.data) !== canonical(data)) throw refusals.mismatch()
    return true
  }

  async #refusal(process: Process, instance: Instance, type: string): Promise<AppError> {
    const reason = explanationOf(process, instance, type)
    if (!reason) return refusals.notNow(type, instance)
    const holders = await this.#parts.holdersBelow(instance)
    return refusals.explained(reason.code, toJson(reason.title), { type, holders })
  }

  /** Decisions on one instance run one after the other within a process; across processes the revision decides. */
  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.#tails.get(id) ?? Promise.resolve()).then(work, work)
    const tail = turn
      .catch(() => {})
      .finally(() => {
        if (this.#tails.get(id) === tail) this.#tails.delete(id)
      })
    this.#tails.set(id, tail)
    return turn
  }

  /** Time never runs backwards within an instance, though the clocks of two machines differ. */
  #moment(unit: string, notBefore?: Date): Moment {
    const { clock, calendarOf, store } = this.#parts
    const now = clock()
    return { now: notBefore && notBefore > now ? notBefore : now, calendar: calendarOf(unit), epoch: store.epoch }
  }

  #committed(decision: Decision): Instance {
    const { next, entry } = decision
    const { kind, event } = entry
    this.#parts.log.debug({ instanceId: next._id, revision: next.revision, kind, event }, 'instance.advanced')
    this.#parts.committed(decision)
    return next
  }
}

function decideSee(actor: Actor, instance: Instance, process: Process, moment: Moment): Decision | null {
  if (instance.status !== 'active') return null
  const keys = keysOf(actor)
  const unseen = instance.tasks.filter((task) => !task.seenAt && task.for.some((key) => keys.includes(key)))
  const by = actAs(actor, unseen[0]?.for ?? [])
  if (!by) return null
  const cause: Cause = { kind: 'seen', event: 'seen', by, operation: null, data: unseen.map((task) => task.id) }
  const onSeen = unseen.find((task) => task.onSeen)?.onSeen
  if (onSeen) {
    const event = { type: onSeen, data: {}, ...stampOf(instance.revision + 1, moment, by) }
    const step = ask(process, instance, event)
    if (step.changed) return decideStep(process, instance, { step, event }, cause, moment, { seen: keys })
  }
  return decideNote(process, instance, cause, moment, { seen: keys })
}
