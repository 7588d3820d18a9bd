import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from '../platform/index.ts'

/** What a job carries: names only, the input stays in the instance. */
export interface JobData {
  instance: string
  message: string
}

export interface Offers {
  /** Offers work to the workers; a failure is harmless, the sweeper offers again. */
  offer(jobs: readonly JobData[]): Promise<void>
  /** Jobs waiting now; the sweeper holds back while there are many. Null when Redis does not answer. */
  waiting(): Promise<number | null>
  close(): Promise<void>
}

export const QUEUE_NAME = 'activities'

/** The producing side of the queue. The job id is the message id, so offering twice is offering once. */
export function createOffers(connection: Redis, prefix: string, log: Logger): Offers {
  const queue = new Queue<JobData>(QUEUE_NAME, { connection, prefix })
  // Without a listener a lost connection would end the process; the sweeper is the answer to it.
  queue.on('error', (error) => log.warn({ err: error.message }, 'queue.unreachable'))
  return {
    async offer(jobs) {
      const rows = jobs.map((data) => ({
        name: 'activity',
        data,
        opts: { jobId: data.message, removeOnComplete: true, removeOnFail: true, attempts: 1 },
      }))
      await queue.addBulk(rows).catch((error: Error) => log.warn({ err: error.message }, 'queue.offer-failed'))
    },
    waiting: () => queue.getWaitingCount().catch(() => null),
    close: () => queue.close(),
  }
}
