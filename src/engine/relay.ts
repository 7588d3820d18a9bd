import { AppError, type Logger, unprocessable } from '../platform/index.ts'
import { admit } from './admit.ts'
import type { Commands } from './commands.ts'
import type { Decision } from './decide.ts'
import type { ActivityDefinition } from './engine.ts'
import type { Instance, Json, Message } from './instance.ts'
import type { JobData, Offers } from './outbox.ts'
import type { Runner } from './runner.ts'
import { type Answer, decideStop } from './settle.ts'
import type { Store } from './store.ts'

/** Inline work under way at once in one process; more waits its turn. */
const INLINE_MAX = 32
/** Deepest tree of child instances. */
const DEPTH_MAX = 32

interface RelayParts {
  store: Store
  commands: Commands
  runner: Runner
  offers: Offers | null
  activities: ReadonlyMap<string, ActivityDefinition>
  clock(): Date
  log: Logger
}

/** At most `INLINE_MAX` pieces of work at once; the rest queue. */
class Gate {
  #active = 0
  readonly #waiting: (() => void)[] = []

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#active >= INLINE_MAX) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#active++
    try {
      return await work()
    } finally {
      this.#active--
      this.#waiting.shift()?.()
    }
  }
}

/** Takes what a commit left in the outbox to where it is done: the queue, or this process. */
export class Relay {
  readonly #parts: RelayParts
  readonly #gate = new Gate()
  readonly #underWay = new Map<string, Map<string, Promise<void>>>()

  constructor(parts: RelayParts) {
    this.#parts = parts
  }

  /** Right after a commit: the work of its new messages starts now. */
  follow({ before, next }: Decision): void {
    const known = new Set(before?.messages.map((message) => message.id))
    const fresh = next.messages.filter((message) => !known.has(message.id))
    // Neither fails: what goes wrong is logged and stays open for the sweeper.
    void this.take(next, fresh)
  }

  /** Does or offers the given open messages. */
  async take(instance: Instance, messages: readonly Message[]): Promise<void> {
    const queued = messages.filter((message) => this.#isQueued(message))
    const jobs = queued.map((message): JobData => ({ instance: instance._id, message: message.id }))
    const here = messages.filter((message) => !queued.includes(message))
    await Promise.all([
      jobs.length > 0 ? this.#parts.offers?.offer(jobs) : undefined,
      ...here.map((message) => this.#launch(instance, message)),
    ])
  }

  /** Work of an instance under way in this process. */
  async busy(instance: string): Promise<void> {
    await Promise.all(this.#underWay.get(instance)?.values() ?? [])
  }

  async idle(): Promise<void> {
    while (this.#underWay.size > 0)
      await Promise.all([...this.#underWay.values()].flatMap((group) => [...group.values()]))
  }

  #isQueued({ kind, name }: Message): boolean {
    return isWork(kind) && !this.#parts.activities.get(name)?.inline
  }

  #launch(instance: Instance, message: Message): Promise<void> {
    const { runner, log } = this.#parts
    const group = this.#underWay.get(instance._id) ?? new Map<string, Promise<void>>()
    const same = group.get(message.id)
    // What takes longer than the sweeper's patience is not begun a second time beside itself.
    if (same) return same
    const work = this.#gate
      .pass(() => (isWork(message.kind) ? runner.perform(instance._id, message.id) : this.#serve(instance, message)))
      .catch((error: Error) =>
        log.warn({ instanceId: instance._id, message: message.id, err: error.message }, 'message.deferred'),
      )
      .finally(() => {
        group.delete(message.id)
        if (group.size === 0) this.#underWay.delete(instance._id)
      })
    this.#underWay.set(instance._id, group.set(message.id, work))
    return work
  }

  /** The engine's own messages between instances; each is harmless to repeat. */
  async #serve(instance: Instance, message: Message): Promise<void> {
    if (message.kind === 'start') return this.#startChild(instance, message)
    let isServed = true
    if (message.kind === 'answer') isServed = await this.#answerParent(message)
    if (message.kind === 'cancel') isServed = await this.#cancelChild(message)
    if (message.kind === 'send') await this.#grant(message)
    if (isServed) await this.#parts.store.release(instance._id, [message.id])
  }

  async #startChild(parent: Instance, { id, name, input }: Message): Promise<void> {
    const { store, commands } = this.#parts
    const { child, data } = input as { child: string; data: Json }
    const depth = parent.depth + 1
    const birth = {
      id: child,
      parent: { instance: parent._id, invocation: id },
      root: parent.root,
      depth,
      unit: parent.unit,
    }
    try {
      if (depth > DEPTH_MAX) throw unprocessable('child.too-deep', `deeper than ${DEPTH_MAX} levels`)
      await commands.startChild(name, birth, data)
    } catch (error) {
      if (isPassing(error)) throw error
      await admit(this.#parts, parent._id, { message: id, name, answer: failure(error as Error) })
      return
    }
    const current = await store.fresh(parent._id)
    // The question may have been dropped while the child was being born.
    if (current && !current.invocations.some((open) => open.id === id)) await this.#stopChild(child)
    await store.release(parent._id, [id])
  }

  /** False while the parent stands still over this very answer: it is kept here until an operator has helped. */
  async #answerParent({ input }: Message): Promise<boolean> {
    const { instance, invocation, child, output } = input as Record<string, Json>
    const answer: Answer = { ok: true, output: output ?? null }
    const answered = { message: String(invocation), name: String(child), answer }
    const parent = await admit(this.#parts, String(instance), answered)
    return !parent.invocations.some((open) => open.id === invocation)
  }

  /**
   * A child that is not there may still be on its way into the world, in a process that dies before it learns that
   * nobody wants it any more: so the message stays until it has been offered again.
   */
  async #cancelChild({ input, offerAt }: Message): Promise<boolean> {
    return (await this.#stopChild((input as { child: string }).child)) || this.#parts.clock() >= offerAt
  }

  /** False when there is no such child. */
  async #stopChild(child: string): Promise<boolean> {
    try {
      await this.#parts.commands.change(child, (instance, process, moment) =>
        decideStop(process, instance, 'left by its parent', moment),
      )
      return true
    } catch (error) {
      if ((error as { code?: string }).code !== 'instance.not-found') throw error
      return false
    }
  }

  async #grant({ input }: Message): Promise<void> {
    const { root, keys } = input as { root: string; keys: string[] }
    await this.#parts.store.committer.grant(root, keys)
    await this.#parts.store.fresh(root)
  }
}

const isWork = (kind: Message['kind']): boolean => kind === 'activity' || kind === 'effect'

/** The database is away: the message waits, nobody is told of a failure. */
const isPassing = (error: unknown): boolean =>
  (error instanceof AppError && error.kind === 'unavailable') || (error as Error).name.startsWith('Mongo')

const failure = (error: Error): Answer => {
  const code = error instanceof AppError ? error.code : 'child.not-started'
  return { ok: false, error: { code, message: error.message.slice(0, 500) } }
}
