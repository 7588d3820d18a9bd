import { AppError, type Logger } from '../platform/index.ts'
import { admit } from './admit.ts'
import type { Commands } from './commands.ts'
import type { ActivityContext, ActivityDefinition } from './engine.ts'
import type { Instance, Message } from './instance.ts'
import { toJson } from './json.ts'
import { type Answer, isHeld } from './settle.ts'
import type { Store } from './store.ts'

const BACKOFF_FIRST_MS = 1_000
const BACKOFF_MAX_MS = 60_000
/** Infrastructure that is away does not use up tries; the row is offered again after this. */
const AWAY_MS = 3_000
/** Times one job may take its worker down before it counts as failed. */
export const CRASHES_MAX = 5

/** Kinds that will not get better by trying again. */
const FINAL_KINDS = new Set(['invalid-input', 'unprocessable', 'forbidden', 'not-found', 'too-large', 'conflict'])

const isAway = (error: unknown): boolean =>
  error instanceof Error && /^Mongo(Network|ServerSelection|NotConnected|PoolCleared|Topology)/.test(error.name)

const isFinal = (error: unknown): boolean => error instanceof AppError && FINAL_KINDS.has(error.kind)

const answerOf = (error: unknown): Answer => ({
  ok: false,
  error: {
    code: error instanceof AppError ? error.code : 'activity.failed',
    message: error instanceof Error ? error.message.slice(0, 500) : String(error).slice(0, 500),
  },
})

export interface Runner {
  /** Does the work of one open message and lets its answer in. Repeating it is harmless. */
  perform(instance: string, message: string, crashes?: number): Promise<void>
}

interface RunnerParts {
  store: Store
  commands: Commands
  activities: ReadonlyMap<string, ActivityDefinition>
  clock(): Date
  log: Logger
}

async function withTimeout<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      abort.abort()
      reject(
        new AppError('unavailable', 'activity.timeout', `took longer than ${ms} ms`, { details: { timeoutMs: ms } }),
      )
    }, ms)
  })
  try {
    return await Promise.race([work(abort.signal), expired])
  } finally {
    clearTimeout(timer)
  }
}

export function createRunner({ store, commands, activities, clock, log }: RunnerParts): Runner {
  async function openMessage(instance: string, message: string): Promise<{ instance: Instance; row: Message } | null> {
    for (const load of [() => store.known(instance).then((known) => known.instance), () => store.fresh(instance)]) {
      const found = await load()
      const row = found?.messages.find((candidate) => candidate.id === message)
      if (found && row) return { instance: found, row }
    }
    return null
  }

  async function run(instance: Instance, row: Message): Promise<Answer> {
    const activity = activities.get(row.name)
    if (!activity) throw new AppError('unprocessable', 'activity.unknown', `no activity ${row.name}`)
    const input = activity.input.parse(row.input) as never
    const context: Omit<ActivityContext, 'signal'> = {
      messageId: row.id,
      instanceId: instance._id,
      rootId: instance.root,
      unit: instance.unit,
      attempt: row.tries + 1,
      now: clock(),
    }
    const output = await withTimeout(activity.timeoutMs, (signal) => activity.run(input, { ...context, signal }))
    return { ok: true, output: toJson(activity.output.parse(output)) }
  }

  /** Counts the try against the newest form, since other processes may have tried in between. */
  async function failed({ _id }: Instance, { id, name }: Message, error: unknown): Promise<Answer | null> {
    const instance = await store.fresh(_id)
    const row = instance?.messages.find((candidate) => candidate.id === id)
    if (!instance || !row) return null
    const attempts = activities.get(name)?.attempts ?? 1
    const away = isAway(error)
    const tries = away ? row.tries : row.tries + 1
    log.warn(
      { instanceId: instance._id, message: row.id, activity: row.name, tries, err: (error as Error).message },
      'activity.failed',
    )
    if (!away && (isFinal(error) || tries >= attempts)) return answerOf(error)
    const delay = away ? AWAY_MS : Math.min(BACKOFF_MAX_MS, BACKOFF_FIRST_MS * 4 ** (tries - 1))
    const offerAt = new Date(clock().getTime() + delay)
    const lastError = answerOf(error)
    await store.committer.reschedule(instance._id, [
      { id: row.id, offerAt, tries, lastError: lastError.ok ? null : lastError.error.message },
    ])
    await store.fresh(instance._id)
    return null
  }

  return {
    async perform(instanceId, messageId, crashes = 0) {
      const open = await openMessage(instanceId, messageId)
      if (!open || open.instance.status === 'parked' || isHeld(open.row)) return
      const { instance, row } = open
      const crashed = new AppError('unprocessable', 'activity.crashed', `took its worker down ${crashes} times`)
      const answer =
        crashes >= CRASHES_MAX
          ? answerOf(crashed)
          : await run(instance, row).catch((error: unknown) => failed(instance, row, error))
      if (answer) await admit({ store, commands }, instanceId, { message: messageId, name: row.name, answer })
    },
  }
}
