import { Redis } from 'ioredis'
import mongoose from 'mongoose'
import { createEngine } from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { opinion, request, stampActivity } from './sample.ts'
import { wallCalendar } from './wall-calendar.ts'

/**
 * A worker of its own, for tests that kill it. STAMP_MS: how long a stamp takes; each beginning is noted in the
 * database before the work, so that a test knows when to kill.
 */
const { MONGODB_URI, REDIS_URL, DATABASE, PREFIX, STAMP_MS } = process.env as Record<string, string>
const connection = await mongoose.createConnection(MONGODB_URI ?? '', { dbName: DATABASE ?? '' }).asPromise()
const db = connection.db as mongoose.mongo.Db
const begun = db.collection('begun')
const stamp = async (title: string, messageId: string) => {
  await begun.insertOne({ title, messageId, pid: process.pid })
  await new Promise((resolve) => setTimeout(resolve, Number(STAMP_MS)))
  return process.pid
}
const redis = () => new Redis(REDIS_URL ?? '', { maxRetriesPerRequest: null })
await createEngine({
  db,
  workflows: [request, opinion],
  activities: [stampActivity(stamp, false)],
  log: createLogger('silent', 'worker'),
  calendarOf: () => wallCalendar,
  describeHolders: async () => [],
  queue: { producer: redis(), prefix: PREFIX ?? '' },
  worker: { connection: redis() },
})
process.send?.('ready')
