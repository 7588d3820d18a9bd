/** Asks for every number of `m0` … `m<count-1>` in an order of its own, 64 at a time, and says how far it is. */
import mongoose from 'mongoose'
import { Ledger } from '../../src/letters/index.ts'

const [uri = '', count = '0', seed = '0'] = process.argv.slice(2)
const connection = await mongoose.createConnection(uri, { autoIndex: false }).asPromise()
const ledger = new Ledger(connection)
const stride = 7 + 2 * Number(seed)
const ids = Array.from(
  { length: Number(count) },
  (_, index) => `m${(index * stride + Number(seed) * 311) % Number(count)}`,
)

async function askUntilGiven(id: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await ledger.assign({ messageId: id, unit: 'dinas', year: 2026, instance: id, at: new Date() })
      return
    } catch (error) {
      if (attempt === 20) throw error
    }
  }
}

let done = 0
async function lane(): Promise<void> {
  for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
    await askUntilGiven(id)
    if (++done % 50 === 0) process.stdout.write(`given ${done}\n`)
  }
}
await Promise.all(Array.from({ length: 64 }, lane))
process.stdout.write('finished\n')
await connection.close()
