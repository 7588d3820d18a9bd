import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
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

async function overdue(connection: Connection): Promise<string | undefined> {
  const before = new Date(Date.now() - OVERDUE_MS)
  const oldest = await connection
    .collection('instances')
    .findOne({ wakeAt: { $lt: before } }, { projection: { wakeAt: 1 } })
  return oldest ? `work due at ${(oldest.wakeAt as Date).toISOString()} has not begun` : undefined
}

/** Whether this process can do its work: a primary that takes writes, a queue that keeps jobs, nothing left lying. */
export async function readiness(connection: Connection, redis: Redis) {
  const [mongodb, queue, outbox] = await Promise.all([
    check(async () => {
      const hello = await connection.db?.admin().command({ hello: 1 })
      return hello?.isWritablePrimary ? undefined : 'no primary takes writes'
    }),
    check(async () => {
      await checkRedis(redis)
      return undefined
    }),
    check(() => overdue(connection)),
  ])
  return { ok: mongodb.ok && queue.ok && outbox.ok, checks: { mongodb, redis: queue, outbox } }
}
