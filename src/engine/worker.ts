import { Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from '../platform/index.ts'
import { type JobData, QUEUE_NAME } from './outbox.ts'
import type { Runner } from './runner.ts'

/** A dead worker's job is taken over after at most lock + check. */
const LOCK_MS = 6_000
const STALLED_CHECK_MS = 3_000
const CONCURRENCY = 8
const CLOSE_MS = 8_000

export interface EngineWorker {
  close(): Promise<void>
}

/** The consuming side of the queue: any number of processes. */
export function createWorker(connection: Redis, prefix: string, runner: Runner, log: Logger): EngineWorker {
  const worker = new Worker<JobData>(
    QUEUE_NAME,
    async (job) => runner.perform(job.data.instance, job.data.message, job.attemptsStarted - 1),
    {
      connection,
      prefix,
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      // Crashes are counted by the runner, which parks; BullMQ would drop the job.
      maxStalledCount: 1_000,
    },
  )
  worker.on('error', (error) => log.warn({ err: error.message }, 'worker.queue-unreachable'))
  worker.on('failed', (job, error) => log.warn({ job: job?.id, err: error.message }, 'worker.job-failed'))
  return {
    async close() {
      // With Redis away an orderly close would wait for ever.
      const orderly = worker.close().then(() => true)
      const late = new Promise<false>((resolve) => setTimeout(resolve, CLOSE_MS, false).unref())
      if (!(await Promise.race([orderly, late]))) await worker.close(true)
    },
  }
}
