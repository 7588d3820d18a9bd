import type { Redis } from 'ioredis'
import type { mongo } from 'mongoose'
import type { Calendar } from '../calendar/index.ts'
import type { Logger } from '../platform/index.ts'
import { verifyChain } from './audit.ts'
import { createCommands } from './commands.ts'
import type { Decision } from './decide.ts'
import type { WorkflowDefinition } from './definition.ts'
import type { ActivityDefinition, Engine, OpenBranch } from './engine.ts'
import type { Json } from './instance.ts'
import { toJson } from './kernel.ts'
import { createOffers, type Offers } from './outbox.ts'
import { createQueries } from './queries.ts'
import { refusals } from './refusal.ts'
import { createRegistry } from './registry.ts'
import { createRelay, type Relay } from './relay.ts'
import { createRunner } from './runner.ts'
import { createStore } from './store.ts'
import { createSweeper } from './sweeper.ts'
import { createWorker, type EngineWorker } from './worker.ts'

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
  /** Told of every commit of this process, for live pages. */
  onCommit?: (decision: Decision) => void
}

export interface RunningEngine extends Engine {
  /** One round of due timers and overdue rows, beside the sweeper's own. */
  sweep(): Promise<number>
  /** Waits for work under way, then lets go of the queue. */
  stop(): Promise<void>
}

const SERVICE_KINDS = new Set(['start', 'answer', 'cancel', 'send'])

/** Without a queue every activity is work of this process. */
const inlineAll = (activities: readonly ActivityDefinition[]) => activities.map((each) => ({ ...each, inline: true }))

export async function createEngine(options: EngineOptions): Promise<RunningEngine> {
  const { log, clock = () => new Date(), queue } = options
  const known = queue ? options.activities : inlineAll(options.activities)
  const activities = new Map(known.map((activity) => [activity.name, activity]))
  const registry = createRegistry(options.workflows, activities)
  const store = await createStore(options.db)
  const queries = createQueries(store, registry)
  const offers: Offers | null = queue && createOffers(queue.producer, queue.prefix, log)
  // The relay follows commits and itself commands: tied together here, once.
  const link: { relay?: Relay } = {}

  const holdersBelow = async (id: string): Promise<Json> => {
    const open = await queries.openBranches(id)
    const named = open.map(async (branch: OpenBranch) => ({
      ...branch,
      holders: await options.describeHolders(branch.for),
    }))
    return toJson(await Promise.all(named))
  }

  const commands = createCommands({
    store,
    registry,
    clock,
    log,
    calendarOf: options.calendarOf,
    mayRead: queries.mayRead,
    holdersBelow: (instance) => holdersBelow(instance._id),
    committed(decision) {
      link.relay?.follow(decision)
      options.onCommit?.(decision)
    },
  })
  const runner = createRunner({ store, commands, activities, clock, log })
  const relay = createRelay({ store, commands, runner, offers, activities, log })
  link.relay = relay
  const sweeper = options.worker && createSweeper({ store, commands, relay, offers, clock, log })
  const worker: EngineWorker | null =
    queue && options.worker?.connection ? createWorker(options.worker.connection, queue.prefix, runner, log) : null

  const isPending = (name: string, kind: string) => SERVICE_KINDS.has(kind) || activities.get(name)?.inline === true

  const engine: RunningEngine = {
    workflows: registry.processes.map((process) => process.definition),
    start: commands.start,
    send: commands.send,
    see: commands.see,
    read: queries.read,
    offers: queries.offers,
    tasks: queries.tasks,
    countTasks: queries.countTasks,
    instances: queries.instances,
    tree: queries.tree,
    openBranches: queries.openBranches,
    async audit(id, actor) {
      return store.auditOf(await queries.read(id, actor))
    },
    async settled(id, actor, timeoutMs) {
      const until = Date.now() + timeoutMs
      for (;;) {
        await Promise.race([relay.busy(id), new Promise((resolve) => setTimeout(resolve, timeoutMs).unref())])
        const instance = await queries.read(id, actor)
        const pending = instance.messages.some(({ name, kind }) => isPending(name, kind))
        if (!pending || Date.now() >= until) return instance
        await new Promise((resolve) => setTimeout(resolve, SETTLE_POLL_MS))
      }
    },
    async verify(id) {
      const instance = await store.fresh(id)
      if (!instance) throw refusals.instanceNotFound(id)
      return verifyChain(id, await store.auditOf(instance), instance.chainHead)
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
  return engine
}
