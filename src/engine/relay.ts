import { AppError, type Logger, unprocessable } from '../platform/index.ts'
import type { Commands } from './commands.ts'
import type { Decision } from './decide.ts'
import type { ActivityDefinition } from './engine.ts'
import type { Instance, Json, Message } from './instance.ts'
import type { JobData, Offers } from './outbox.ts'
import type { Runner } from './runner.ts'
import { type Answer, decideAnswer, decideStop } from './settle.ts'
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
  readonly #underWay = new Map<string, Set<Promise<void>>>()

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
    await Promise.all(this.#underWay.get(instance) ?? [])
  }

  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all([...this.#underWay.values()].flatMap((group) => [...group]))
  }

  #isQueued({ kind, name }: Message): boolean {
    return isWork(kind) && !this.#parts.activities.get(name)?.inline
  }

  #launch(instance: Instance, message: Message): Promise<void> {
    const { runner, log } = this.#parts
    const group = this.#underWay.get(instance._id) ?? new Set<Promise<void>>()
    const work = this.#gate
      .pass(() => (isWork(message.kind) ? runner.perform(instance._id, message.id) : this.#serve(instance, message)))
      .catch((error: Error) =>
        log.warn({ instanceId: instance._id, message: message.id, err: error.message }, 'message.deferred'),
      )
      .finally(() => {
        group.delete(work)
        if (group.size === 0) this.#underWay.delete(instance._id)
      })
    this.#underWay.set(instance._id, group.add(work))
    return work
  }

  /** The engine's own messages between instances; each is harmless to repeat. */
  async #serve(instance: Instance, message: Message): Promise<void> {
    if (message.kind === 'start') return this.#startChild(instance, message)
    if (message.kind === 'answer') await this.#answerParent(message)
    if (message.kind === 'cancel') await this.#stopChild((message.input as { child: string }).child)
    if (message.kind === 'send') await this.#grant(message)
    await this.#parts.store.release(instance._id, [message.id])
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
      return this.#answer(parent._id, id, name, failure(error as Error))
    }
    const current = await store.fresh(parent._id)
    // The question may have been dropped while the child was being born.
    if (current && !current.invocations.some((open) => open.id === id)) await this.#stopChild(child)
    await store.release(parent._id, [id])
  }

  async #answer(instance: string, message: string, name: string, answer: Answer): Promise<void> {
    await this.#parts.commands.change(instance, (current, process, moment) =>
      decideAnswer(process, current, { message, name, answer }, moment),
    )
  }

  async #answerParent({ input }: Message): Promise<void> {
    const { instance, invocation, child, output } = input as Record<string, Json>
    await this.#answer(String(instance), String(invocation), String(child), { ok: true, output: output ?? null })
  }

  async #stopChild(child: string): Promise<void> {
    try {
      await this.#parts.commands.change(child, (instance, process, moment) =>
        decideStop(process, instance, 'left by its parent', moment),
      )
    } catch (error) {
      if ((error as { code?: string }).code !== 'instance.not-found') throw error
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
