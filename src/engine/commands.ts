import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Calendar } from '../calendar/index.ts'
import { AppError, type Logger } from '../platform/index.ts'
import { type Actor, actAs, keysOf } from './actor.ts'
import { canonical, sha256 } from './audit.ts'
import { ask, type Birth, type Cause, type Decision, decideNote, decideStart, decideStep, stampOf } from './decide.ts'
import type { Moment } from './draft.ts'
import type { SendCommand, StartCommand } from './engine.ts'
import type { Instance, Json } from './instance.ts'
import { toJson } from './kernel.ts'
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

export interface Commands {
  start(command: StartCommand): Promise<Instance>
  /** A child of a running instance; its id is given, so that twice is once. */
  startChild(workflow: string, birth: Birth, data: Json): Promise<Instance>
  send(command: SendCommand): Promise<Instance>
  see(command: { instance: string; actor: Actor }): Promise<Instance>
  /** The way every other change takes: load, decide, commit, and again after a lost race. */
  change(id: string, decide: Decide): Promise<Instance>
}

function parse(schema: z.ZodType, data: unknown, refuse: (issues: Json) => AppError): Json {
  const parsed = schema.safeParse(data ?? {})
  if (!parsed.success) throw refuse(toJson(parsed.error.issues))
  return toJson(parsed.data)
}

/** Key of a command within an instance: the sender's own keys cannot collide with another's. */
const operationOf = (actor: Actor, key: string): string => sha256(`${actor.person}|${key}`).slice(0, 32)

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** The same start command always names the same instance: 25 letters of a hash, 125 bits. */
function instanceIdOf(actor: Actor, { workflow, idempotencyKey }: StartCommand): string {
  const digest = createHash('sha256').update(`${actor.person}|${workflow}|${idempotencyKey}`).digest()
  return Array.from(digest.subarray(0, 25), (byte) => BASE32[byte % 32]).join('')
}

export function createCommands(parts: CommandParts): Commands {
  const { store, registry, clock, log } = parts
  const tails = new Map<string, Promise<unknown>>()

  /** Decisions on one instance run one after the other within a process; across processes the revision decides. */
  function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const turn = (tails.get(id) ?? Promise.resolve()).then(work, work)
    const tail = turn.catch(() => {}).finally(() => tails.get(id) === tail && tails.delete(id))
    tails.set(id, tail)
    return turn
  }

  const momentFor = (unit: string): Moment => ({ now: clock(), calendar: parts.calendarOf(unit), epoch: store.epoch })

  async function committed(decision: Decision): Promise<Instance> {
    parts.committed(decision)
    const { next, entry } = decision
    log.debug(
      { instanceId: next._id, revision: next.revision, kind: entry.kind, event: entry.event },
      'instance.advanced',
    )
    return next
  }

  async function change(id: string, decide: Decide): Promise<Instance> {
    return inTurn(id, async () => {
      for (let race = 0; race < RACES_MAX; race++) {
        const outcome = await attempt(id, decide, race > 0)
        if (outcome) return outcome
      }
      throw new AppError('conflict', 'instance.busy', 'lost too many races', { details: { instance: id } })
    })
  }

  /** One try; null after a lost race. What memory refuses is asked again of the database before it counts. */
  async function attempt(id: string, decide: Decide, anew: boolean): Promise<Instance | null> {
    const known = anew ? { instance: await store.fresh(id), fresh: true } : await store.known(id)
    const { instance } = known
    if (!instance) throw refusals.instanceNotFound(id)
    try {
      const process = registry.pinned(instance.workflow, instance.version, instance.fingerprint)
      const decision = await decide(instance, process, momentFor(instance.unit))
      if (decision === null) return known.fresh ? instance : confirm(id, instance)
      return (await store.commit(decision)) === 'committed' ? committed(decision) : null
    } catch (error) {
      if (known.fresh || !(error instanceof AppError) || error.kind === 'unavailable') throw error
      return attempt(id, decide, true)
    }
  }

  /** "Nothing to do" from memory counts only if memory is the newest form. */
  async function confirm(id: string, cached: Instance): Promise<Instance | null> {
    const current = await store.fresh(id)
    return current && current.revision === cached.revision ? current : null
  }

  /** A command seen before is answered as then; the same key with other content is refused. */
  async function replayed(instance: Instance, operation: string, type: string, data: unknown): Promise<boolean> {
    const entry = await store.entryOf(instance, operation)
    if (!entry) return false
    if (entry.event !== type || canonical(entry.data) !== canonical(toJson(data ?? {}))) throw refusals.mismatch()
    return true
  }

  async function refusalOf(process: Process, instance: Instance, type: string): Promise<AppError> {
    const reason = explanationOf(process, instance, type)
    if (!reason) return refusals.notNow(type, instance)
    const holders = await parts.holdersBelow(instance)
    return refusals.explained(reason.code, toJson(reason.title), { type, holders })
  }

  async function start(command: StartCommand): Promise<Instance> {
    const { actor } = command
    const process = registry.latest(command.workflow)
    const data = parse(process.definition.start, command.data, (issues) =>
      refusals.invalidStart(command.workflow, issues),
    )
    const by = starterOf(process, data, actor)
    if (!by) throw refusals.startForbidden(command.workflow)
    const id = instanceIdOf(actor, command)
    const operation = operationOf(actor, command.idempotencyKey)
    return inTurn(id, async () => {
      const cause: Cause = { kind: 'start', event: 'start', by, operation, data }
      const birth: Birth = { id, parent: null, root: id, depth: 0, unit: by.unit }
      const decision = decideStart(process, birth, data, cause, momentFor(by.unit))
      if ((await store.commit(decision)) === 'committed') return committed(decision)
      const existing = await store.fresh(id)
      if (!existing || !(await replayed(existing, operation, 'start', data))) throw refusals.mismatch()
      return existing
    })
  }

  async function startChild(workflow: string, birth: Birth, input: Json): Promise<Instance> {
    const process = registry.latest(workflow)
    const data = parse(process.definition.start, input, (issues) => refusals.invalidStart(workflow, issues))
    const cause: Cause = { kind: 'start', event: 'start', by: null, operation: null, data }
    const decision = decideStart(process, birth, data, cause, momentFor(birth.unit))
    if ((await store.commit(decision)) === 'committed') return committed(decision)
    const existing = await store.fresh(birth.id)
    if (!existing) throw refusals.instanceNotFound(birth.id)
    return existing
  }

  async function decideSend(command: SendCommand, instance: Instance, process: Process, moment: Moment) {
    const { type, actor } = command
    const operation = operationOf(actor, command.idempotencyKey)
    const right = rightTo(process, instance, type, actor)
    if (right.kind !== 'granted' && !(await parts.mayRead(instance, actor)))
      throw refusals.instanceNotFound(instance._id)
    const schema = process.definition.events[type]
    if (!schema) throw refusals.unknownEvent(type, instance.workflow)
    const data = parse(schema, command.data, (issues) => refusals.invalidEvent(type, issues))
    if (await replayed(instance, operation, type, data)) return null
    if (right.kind === 'not-yours') throw refusals.eventForbidden(type)
    if (command.revision !== undefined && command.revision < instance.decisiveRevision) throw refusals.stale(instance)
    if (right.kind === 'not-offered' || instance.status !== 'active') throw await refusalOf(process, instance, type)
    const event = { type, data, ...stampOf(instance.revision + 1, moment, right.by) }
    const step = ask(process, instance, event)
    if (!step.changed) throw await refusalOf(process, instance, type)
    const cause: Cause = { kind: 'event', event: type, by: right.by, operation, data }
    return decideStep(process, instance, { step, event }, cause, moment, { seen: right.task?.for ?? [] })
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

  return {
    start,
    startChild,
    change,
    send: (command) =>
      change(command.instance, (instance, process, moment) => decideSend(command, instance, process, moment)),
    see: ({ instance, actor }) =>
      change(instance, async (current, process, moment) => {
        const decision = decideSee(actor, current, process, moment)
        if (!decision && !(await parts.mayRead(current, actor))) throw refusals.instanceNotFound(current._id)
        return decision
      }),
  }
}
