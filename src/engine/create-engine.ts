import type { Redis } from 'ioredis'
import type { mongo } from 'mongoose'
import type { Calendar } from '../calendar/index.ts'
import type { Logger } from '../platform/index.ts'
import type { Actor } from './actor.ts'
import { verifyChain } from './audit.ts'
import { Commands, instanceIdOf } from './commands.ts'
import type { Decision } from './decide.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { ActivityDefinition, Engine, OpenBranch } from './engine.ts'
import type { Json } from './instance.ts'
import { toJson } from './json.ts'
import { createOffers, type Offers } from './outbox.ts'
import { Queries } from './queries.ts'
import { refusals } from './refusal.ts'
import { createRegistry } from './registry.ts'
import { Relay } from './relay.ts'
import { createRunner } from './runner.ts'
import { decideRetry } from './settle.ts'
import { createStore } from './store.ts'
import { createSweeper } from './sweeper.ts'
import { createWorker } from './worker.ts'

const SETTLE_POLL_MS = 20

export interface EngineOptions {
  db: mongo.Db
  workflows: readonly WorkflowDefinition[]
  activities: readonly ActivityDefinition[]
  log: Logger
  calendarOf(unit: string): Calendar
  /** Who sits behind tray keys now, for refusals that name the holder. */
  describeHolders(keys: readonly string[]): Promise<{ title: string; name: string }[]>
  clock?: () => Date
  /** Null: no queue; all work is done in this process (tests, the demo's simulated past). */
  queue: { producer: Redis; prefix: string } | null
  /** Runs the sweeper and, with a connection, the queue's worker. */
  worker?: { connection: Redis | null }
  /** False lets the sweeper rest: timers and overdue work wait. */
  maySweep?: () => Promise<boolean>
  /** Told of every commit of this process, for live pages. */
  onCommit?: (decision: Decision) => void
}

export interface RunningEngine extends Engine {
  /** Resolves when no work of this process is under way. */
  idle(): Promise<void>
  /** When the earliest timer or overdue row is due; null when nothing waits. */
  nextDue(): Promise<Date | null>
  /** One round of due timers and overdue rows, beside the sweeper's own. */
  sweep(): Promise<number>
  /** Waits for work under way, then lets go of the queue. */
  stop(): Promise<void>
}

const SERVICE_KINDS = new Set(['start', 'answer', 'cancel', 'send'])

/** Without a queue every activity is work of this process. */
const inlineAll = (activities: readonly ActivityDefinition[]) => activities.map((each) => ({ ...each, inline: true }))

/** Open branches with the people behind them, for a refusal that names them. */
async function namedBranches(queries: Queries, id: string, describe: EngineOptions['describeHolders']): Promise<Json> {
  const open = await queries.openBranches(id)
  const named = open.map(async (branch: OpenBranch) => ({ ...branch, holders: await describe(branch.for) }))
  return toJson(await Promise.all(named))
}

/** Everything of the engine, tied together once. */
async function assemble(options: EngineOptions) {
  const { log, clock = () => new Date(), queue, calendarOf, maySweep = async () => true } = options
  const known = queue ? options.activities : inlineAll(options.activities)
  const activities = new Map(known.map((activity) => [activity.name, activity]))
  const registry = createRegistry(options.workflows, activities)
  const store = await createStore(options.db)
  const queries = new Queries(store, registry)
  const offers: Offers | null = queue && createOffers(queue.producer, queue.prefix, log)
  // The relay follows commits and itself commands, so one of the two learns of the other later.
  const link: { relay?: Relay } = {}
  const commands = new Commands({
    store,
    registry,
    clock,
    log,
    calendarOf,
    mayRead: (instance, actor) => queries.mayRead(instance, actor),
    holdersBelow: (instance) => namedBranches(queries, instance._id, options.describeHolders),
    committed(decision) {
      link.relay?.follow(decision)
      options.onCommit?.(decision)
    },
  })
  const runner = createRunner({ store, commands, activities, clock, log })
  const relay = new Relay({ store, commands, runner, offers, activities, clock, log })
  link.relay = relay
  const sweeper = options.worker && createSweeper({ store, commands, relay, offers, clock, log, maySweep })
  const worker =
    queue && options.worker?.connection ? createWorker(options.worker.connection, queue.prefix, runner, log) : null
  return { activities, registry, store, queries, offers, commands, relay, sweeper, worker }
}

type Assembly = Awaited<ReturnType<typeof assemble>>

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

/** Polls, since another process may be doing the work; what this process does is awaited. */
async function settled({ relay, queries, activities }: Assembly, id: string, actor: Actor, timeoutMs: number) {
  const until = Date.now() + timeoutMs
  for (;;) {
    await Promise.race([relay.busy(id), sleep(timeoutMs)])
    const instance = await queries.read(id, actor)
    const isPending = instance.messages.some(
      ({ name, kind }) => SERVICE_KINDS.has(kind) || activities.get(name)?.inline,
    )
    if (!isPending || Date.now() >= until) return instance
    await sleep(SETTLE_POLL_MS)
  }
}

export async function createEngine(options: EngineOptions): Promise<RunningEngine> {
  const assembly = await assemble(options)
  const { registry, store, queries, commands, relay, sweeper, worker, offers } = assembly
  return {
    workflows: registry.processes.map((process) => process.definition),
    start: (command) => commands.start(command),
    idOf: (command) => instanceIdOf(command.actor, command),
    send: (command) => commands.send(command),
    see: (command) => commands.see(command),
    read: (id, actor) => queries.read(id, actor),
    offers: (id, actor) => queries.offers(id, actor),
    tasks: (query) => queries.tasks(query),
    countTasks: (actor) => queries.countTasks(actor),
    instances: (query) => queries.instances(query),
    tree: (root, actor) => queries.tree(root, actor),
    openBranches: (id) => queries.openBranches(id),
    audit: async (id, actor) => store.auditOf(await queries.read(id, actor)),
    settled: (id, actor, timeoutMs) => settled(assembly, id, actor, timeoutMs),
    retry: (id, reason) =>
      commands.change(id, (instance, process, moment) => decideRetry(process, instance, reason, moment)),
    parked: () => queries.parked(),
    async *ids() {
      for await (const { _id } of store.instances.find({}, { projection: { _id: 1 } }).sort({ startedAt: 1 })) yield _id
    },
    async verify(id) {
      const instance = await store.fresh(id)
      if (!instance) throw refusals.instanceNotFound(id)
      return verifyChain(id, await store.auditOf(instance), instance.chainHead)
    },
    idle: () => relay.idle(),
    async nextDue() {
      const [next] = await store.instances
        .find({ wakeAt: { $type: 'date' } })
        .sort({ wakeAt: 1 })
        .limit(1)
        .toArray()
      return next?.wakeAt ?? null
    },
    sweep: () => sweeper?.sweep() ?? Promise.resolve(0),
    async stop() {
      await sweeper?.stop()
      await worker?.close()
      await relay.idle()
      await store.committer.idle()
      await offers?.close()
    },
  }
}
