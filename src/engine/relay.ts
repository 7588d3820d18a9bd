import type { Logger } from '../platform/index.ts'
import type { Commands } from './commands.ts'
import type { Decision } from './decide.ts'
import type { ActivityDefinition } from './engine.ts'
import type { Instance, Json, Message } from './instance.ts'
import type { JobData, Offers } from './outbox.ts'
import type { Runner } from './runner.ts'
import { decideAnswer, decideStop } from './settle.ts'
import type { Store } from './store.ts'

/** Inline work under way at once in one process; more waits its turn. */
const INLINE_MAX = 32
/** Deepest tree of child instances. */
const DEPTH_MAX = 32

/** Takes what a commit left in the outbox to where it is done. */
export interface Relay {
  /** Right after a commit: work of the new messages starts now. */
  follow(decision: Decision): void
  /** For a sweeper: does or offers again what is overdue. */
  take(instance: Instance, overdue: readonly Message[]): Promise<void>
  /** Inline work of an instance under way in this process. */
  busy(instance: string): Promise<void> | undefined
  idle(): Promise<void>
}

interface RelayParts {
  store: Store
  commands: Commands
  runner: Runner
  offers: Offers | null
  activities: ReadonlyMap<string, ActivityDefinition>
  log: Logger
}

type Fields = Record<string, Json>

export function createRelay(parts: RelayParts): Relay {
  const { store, commands, runner, offers, activities, log } = parts
  const underWay = new Map<string, Set<Promise<void>>>()
  const waiting: (() => void)[] = []
  let active = 0

  const isQueued = ({ kind, name }: Message): boolean =>
    (kind === 'activity' || kind === 'effect') && !activities.get(name)?.inline

  async function startChild(parent: Instance, { id, name, input }: Message): Promise<void> {
    const { child, data } = input as { child: string; data: Json }
    const birth = {
      id: child,
      parent: { instance: parent._id, invocation: id },
      root: parent.root,
      depth: parent.depth + 1,
      unit: parent.unit,
    }
    const failed = (error: Error) =>
      commands.change(parent._id, (instance, process, moment) => {
        const answer = {
          ok: false as const,
          error: { code: 'child.not-started', message: error.message.slice(0, 500) },
        }
        return decideAnswer(process, instance, { message: id, name, answer }, moment)
      })
    if (birth.depth > DEPTH_MAX) return void (await failed(new Error(`deeper than ${DEPTH_MAX} levels`)))
    try {
      await commands.startChild(name, birth, data)
    } catch (error) {
      if ((error as { kind?: string }).kind === 'unavailable' || (error as Error).name.startsWith('Mongo')) throw error
      return void (await failed(error as Error))
    }
    const current = await store.fresh(parent._id)
    // The question may have been dropped while the child was being born.
    if (current && !current.invocations.some((open) => open.id === id)) await stopChild(child)
    await store.release(parent._id, [id])
  }

  const stopChild = (child: string) =>
    commands
      .change(child, (instance, process, moment) => decideStop(process, instance, 'left by its parent', moment))
      .catch((error: { code?: string }) => {
        if (error.code !== 'instance.not-found') throw error
      })

  async function answerParent({ input }: Message): Promise<void> {
    const { instance, invocation, child, output } = input as Fields
    await commands.change(String(instance), (parent, process, moment) =>
      decideAnswer(
        process,
        parent,
        { message: String(invocation), name: String(child), answer: { ok: true, output: output ?? null } },
        moment,
      ),
    )
  }

  async function grant({ input }: Message): Promise<void> {
    const { root, keys } = input as { root: string; keys: string[] }
    await store.committer.grant(root, keys)
    await store.fresh(root)
  }

  async function doInternal(instance: Instance, message: Message): Promise<void> {
    if (message.kind === 'start') return startChild(instance, message)
    if (message.kind === 'answer') await answerParent(message)
    else if (message.kind === 'cancel') await stopChild(String((message.input as Fields).child))
    else if (message.kind === 'send') await grant(message)
    await store.release(instance._id, [message.id])
  }

  async function inTurn(work: () => Promise<void>): Promise<void> {
    if (active >= INLINE_MAX) await new Promise<void>((resolve) => waiting.push(resolve))
    active++
    try {
      await work()
    } finally {
      active--
      waiting.shift()?.()
    }
  }

  function launch(instance: Instance, message: Message): Promise<void> {
    const isActivity = message.kind === 'activity' || message.kind === 'effect'
    const work = inTurn(() => (isActivity ? runner.perform(instance._id, message.id) : doInternal(instance, message)))
      // The row stays open, so the sweeper comes back to it.
      .catch((error: Error) =>
        log.warn({ instanceId: instance._id, message: message.id, err: error.message }, 'message.deferred'),
      )
      .finally(() => {
        group.delete(work)
        if (group.size === 0) underWay.delete(instance._id)
      })
    const group = underWay.get(instance._id) ?? new Set<Promise<void>>()
    underWay.set(instance._id, group.add(work))
    return work
  }

  const jobOf = (instance: Instance, message: Message): JobData => ({ instance: instance._id, message: message.id })

  return {
    follow({ before, next }) {
      const known = new Set(before?.messages.map((message) => message.id))
      const fresh = next.messages.filter((message) => !known.has(message.id))
      const queued = fresh.filter(isQueued)
      if (queued.length > 0) void offers?.offer(queued.map((message) => jobOf(next, message)))
      for (const message of fresh) if (!isQueued(message)) void launch(next, message)
    },
    async take(instance, overdue) {
      const queued = overdue.filter(isQueued)
      if (queued.length > 0) await offers?.offer(queued.map((message) => jobOf(instance, message)))
      await Promise.all(overdue.filter((message) => !isQueued(message)).map((message) => launch(instance, message)))
    },
    busy(instance) {
      const group = underWay.get(instance)
      return group && Promise.all(group).then(() => undefined)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all([...underWay.values()].flatMap((group) => [...group]))
    },
  }
}
