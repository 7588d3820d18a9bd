import mongoose from 'mongoose'
import { createEngine, type SendCommand, type StartCommand } from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { opinion, request, stampActivity } from './sample.ts'
import { wallCalendar } from './wall-calendar.ts'

/** An engine of its own that does what its parent sends, for tests that kill it. Each command is answered by number. */

interface Order {
  number: number
  start?: StartCommand
  send?: SendCommand
}

const { MONGODB_URI, DATABASE } = process.env as Record<string, string>
const connection = await mongoose.createConnection(MONGODB_URI ?? '', { dbName: DATABASE ?? '' }).asPromise()
const engine = await createEngine({
  db: connection.db as mongoose.mongo.Db,
  workflows: [request, opinion],
  activities: [stampActivity(async () => process.pid)],
  log: createLogger('silent', 'office'),
  calendarOf: () => wallCalendar,
  describeHolders: async () => [],
  queue: null,
  worker: { connection: null },
})

async function obey({ start, send }: Order): Promise<string> {
  if (start) return (await engine.start(start))._id
  if (send) return (await engine.send(send))._id
  throw new Error('an order without a command')
}

process.on('message', (order: Order) => {
  const { number } = order
  obey(order).then(
    (id) => process.send?.({ number, id }),
    (error: { code?: string; message: string }) => process.send?.({ number, code: error.code ?? error.message }),
  )
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
