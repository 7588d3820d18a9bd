import { LRUCache } from 'lru-cache'
import type { Logger } from '../platform/index.ts'
import type { Commands } from './commands.ts'
import type { Instance } from './instance.ts'
import type { Offers } from './outbox.ts'
import type { Relay } from './relay.ts'
import { decideTimer } from './settle.ts'
import type { Store } from './store.ts'

const TICK_MS = 500
/** Instances looked after in one round. */
const ROUND_MAX = 200
/** An offered row is offered again after this, in case the queue lost it. */
const REOFFER_MS = 15_000
/** With more jobs than this waiting, offering again only adds load. */
const BACKLOG_MAX = 2_000
/** What could not be looked after rests this long, so that it never keeps the others from their turn. */
const REST_MS = 30_000
const RESTING_MAX = 5_000

export interface Sweeper {
  /** One round; returns how many instances it looked after. Any number of sweepers may run at once. */
  sweep(): Promise<number>
  stop(): Promise<void>
}

interface SweeperParts {
  store: Store
  commands: Commands
  relay: Relay
  offers: Offers | null
  clock(): Date
  log: Logger
  /** Asked before each of its own rounds: false lets time stand still, for the length of a maintenance. */
  maySweep(): Promise<boolean>
}

/** Brings timers and outbox rows that fell due back to life, whatever was off when they did. */
export function createSweeper(parts: SweeperParts): Sweeper {
  const { store, commands, relay, offers, clock, log, maySweep } = parts
  const resting = new LRUCache<string, true>({ max: RESTING_MAX, ttl: REST_MS })
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let round: Promise<unknown> = Promise.resolve()

  async function fire(instance: Instance, now: Date): Promise<void> {
    for (const { id, dueAt } of instance.timers)
      if (dueAt <= now)
        await commands.change(instance._id, (current, process, moment) => decideTimer(process, current, id, moment))
  }

  async function offerAgain(instance: Instance, now: Date, isFlooded: boolean): Promise<void> {
    const overdue = instance.messages.filter((message) => message.offerAt <= now)
    if (overdue.length === 0) return
    const offerAt = new Date(now.getTime() + REOFFER_MS)
    await store.committer.reschedule(
      instance._id,
      overdue.map((message) => ({ ...message, offerAt })),
    )
    if (!isFlooded) await relay.take(instance, overdue)
  }

  async function look(instance: Instance, now: Date, isFlooded: boolean): Promise<void> {
    try {
      if (instance.status === 'active') await fire(instance, now)
      await offerAgain(instance, now, isFlooded)
    } catch (error) {
      resting.set(instance._id, true)
      log.warn({ instanceId: instance._id, err: (error as Error).message }, 'sweep.failed')
    }
  }

  async function sweep(): Promise<number> {
    const now = clock()
    const due = await store.instances
      .find({ wakeAt: { $lte: now }, _id: { $nin: [...resting.keys()] } })
      .sort({ wakeAt: 1 })
      .limit(ROUND_MAX)
      .toArray()
    if (due.length === 0) return 0
    const isFlooded = ((await offers?.waiting()) ?? 0) > BACKLOG_MAX
    await Promise.all(due.map((instance) => look(instance, now, isFlooded)))
    return due.length
  }

  function next(delay: number): void {
    if (stopped) return
    timer = setTimeout(() => {
      round = maySweep()
        .then((may) => (may ? sweep() : 0))
        .catch((error: Error) => {
          log.warn({ err: error.message }, 'sweep.failed')
          return 0
        })
        .then((count) => next(count === ROUND_MAX ? 0 : TICK_MS))
    }, delay)
  }
  next(TICK_MS)

  return {
    sweep,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await round
    },
  }
}
