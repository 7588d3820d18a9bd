import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { Ledger } from '../../src/letters/index.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'

const COUNT = 1_000
const KILLS = 6
const script = fileURLToPath(new URL('ledger-process.ts', import.meta.url))

describe('agenda ledger', () => {
  let database: FreshDatabase
  let ledger: Ledger
  const at = new Date('2026-11-24T01:00:00Z')
  const ask = (id: string, year = 2026, unit = 'dinas') =>
    ledger.assign({ messageId: id, unit, year, instance: id, at })

  before(function () {
    needServices(this, 'MONGODB_URI')
  })

  beforeEach(async () => {
    database = await freshDatabase()
    ledger = new Ledger(database.connection)
    await ledger.prepare()
  })

  afterEach(async function () {
    // The transaction of a killed process holds its locks until the server gives it up, a minute by default.
    this.timeout(90_000)
    await database.drop()
  })

  const numbers = async (unit: string, year: number) =>
    (await ledger.rows.find({ unit, year }).sort({ number: 1 }).toArray()).map((row) => row.number)

  it('gives the same number to the same message, however often and however close together it asks', async () => {
    const [first, second] = await Promise.all([ask('a'), ask('a')])
    const third = await ask('a')
    expect([first.number, second.number, third.number]).to.deep.equal([1, 1, 1])
    expect((await ask('b')).text).to.equal('0002/2026')
  })

  it('counts every unit and every year from one', async () => {
    const given = await Promise.all([ask('a'), ask('b', 2027), ask('c', 2026, 'biro'), ask('d')])
    expect(given.map(({ number }) => number).toSorted()).to.deep.equal([1, 1, 1, 2])
    expect((await ask('e', 2027)).number).to.equal(2)
  })

  it('leaves no gap when a whole batch is refused by the database', async () => {
    await ask('a')
    await database.connection.db?.command({
      collMod: 'agenda_numbers',
      validator: { instance: { $ne: 'poison' } },
    })
    const refused = await ask('poison').catch((error: Error) => error)
    expect(refused).to.be.instanceOf(Error)
    expect((await ask('b')).number).to.equal(2)
  })

  it('gives 1,000 numbers once each although three processes ask for all of them and are killed', async function () {
    this.timeout(90_000)
    let kills = 0
    const run = async (seed: number): Promise<void> => {
      for (;;) {
        const child = spawn(process.execPath, ['--import', 'tsx', script, database.uri, String(COUNT), String(seed)])
        if (await finishes(child, () => kills < KILLS && ++kills > 0)) return
      }
    }
    await Promise.all([1, 2, 3].map(run))
    expect(kills).to.equal(KILLS)
    expect(await numbers('dinas', 2026)).to.deep.equal(Array.from({ length: COUNT }, (_, index) => index + 1))
  })
})

/** Lets a process work; each time it says how far it is, `isDoomed` may have it killed. */
async function finishes(child: ChildProcess, isDoomed: () => boolean): Promise<boolean> {
  let finished = false
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString('utf8')
  })
  child.stdout?.on('data', (chunk: Buffer) => {
    if (chunk.includes('finished')) finished = true
    else if (isDoomed()) child.kill('SIGKILL')
  })
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  if (code !== null && code !== 0) throw new Error(complaint)
  return finished
}
