import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { RunningEngine } from './engine/index.ts'
import { checkRedis } from './platform/index.ts'

/** Work that should long have begun: beyond this something is wrong with the workers. */
const OVERDUE_MS = 5 * 60_000

export interface Check {
  ok: boolean
  detail?: string
}

async function check(work: () => Promise<string | undefined>): Promise<Check> {
  try {
    const detail = await work()
    return detail === undefined ? { ok: true } : { ok: false, detail }
  } catch (error) {
    return { ok: false, detail: (error as Error).message.slice(0, 200) }
  }
}

function overdue(due: Date | null): string | undefined {
  if (due === null || Date.now() - due.getTime() < OVERDUE_MS) return undefined
  return `work due at ${due.toISOString()} has not begun`
}

/** Whether this process can do its work: a primary that takes writes, a queue that keeps jobs, nothing left lying. */
export async function readiness(connection: Connection, redis: Redis, engine: Pick<RunningEngine, 'nextDue'>) {
  const [mongodb, queue, outbox] = await Promise.all([
    check(async () => {
      const hello = await connection.db?.admin().command({ hello: 1 })
      return hello?.isWritablePrimary ? undefined : 'no primary takes writes'
    }),
    check(async () => {
      await checkRedis(redis)
      return undefined
    }),
    check(async () => overdue(await engine.nextDue())),
  ])
  return { ok: mongodb.ok && queue.ok && outbox.ok, checks: { mongodb, redis: queue, outbox } }
}
