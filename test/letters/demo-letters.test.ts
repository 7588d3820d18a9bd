import { expect } from 'chai'
import { z } from 'zod'
import { defaultCalendar } from '../../src/calendar/index.ts'
import { createEngine, defineActivity, type Instance, type RunningEngine } from '../../src/engine/index.ts'
import { branchAt, type DemoAct, demoLetters, Ledger, letterActivities } from '../../src/letters/index.ts'
import { createOrganization, type Organization } from '../../src/organization/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import disposition from '../../workflows/disposition.ts'
import incomingLetter from '../../workflows/incoming-letter.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'
import { sheet } from '../workflows/letters.ts'

const COUNT = 20

describe('letters of the trial', function () {
  this.timeout(120_000)
  let database: FreshDatabase
  let organization: Organization
  let engine: RunningEngine
  let acts: DemoAct[]
  const end = new Date('2026-11-24T03:00:00Z')
  const clock = { now: end }
  const letters = new Map<string, string>()

  before(async function () {
    needServices(this, 'MONGODB_URI')
    database = await freshDatabase()
    const { connection } = database
    organization = await createOrganization({ connection, isTrial: true, clock: () => clock.now })
    await organization.province.load()
    const ledger = new Ledger(connection)
    await ledger.prepare()
    const drawn = defineActivity({
      name: 'renderDocument',
      input: z.any(),
      output: z.any(),
      attempts: 1,
      timeoutMs: 1_000,
      run: async () => sheet,
    })
    if (!connection.db) throw new Error('not connected')
    engine = await createEngine({
      db: connection.db,
      workflows: [incomingLetter, disposition],
      activities: [...letterActivities(ledger, organization.directory, 'http://127.0.0.1:3000'), drawn],
      log: createLogger('silent', 'test'),
      calendarOf: () => defaultCalendar,
      describeHolders: (keys) => organization.directory.holdersOf(keys),
      clock: () => clock.now,
      queue: null,
      worker: { connection: null },
    })
    const posts = await organization.directory.positions()
    const units = ['diskominfo', 'inspektorat', 'dinkes', 'setda']
    acts = demoLetters({ posts, now: end, calendar: defaultCalendar, units, count: COUNT })
  })

  after(async () => {
    await engine?.stop()
    await database?.drop()
  })

  async function actorIn(position: string) {
    const holding = await database.connection.collection('holdings').findOne({
      position,
      from: { $lte: clock.now },
      $or: [{ until: null }, { until: { $gt: clock.now } }],
    })
    return organization.directory.actorOf(String(holding?.person), clock.now)
  }

  async function perform(act: DemoAct, index: number): Promise<void> {
    clock.now = new Date(Math.max(act.at.getTime(), index === 0 ? 0 : clock.now.getTime()))
    const actor = await actorIn(act.by)
    const idempotencyKey = `demo-${index}`
    if (act.type === 'start') {
      const command = { workflow: 'incoming-letter', data: act.data(null), actor, idempotencyKey }
      letters.set(act.letter, (await engine.start(command))._id)
      return
    }
    const target = await targetOf(act)
    if (act.type === 'see') await engine.see({ instance: target._id, actor })
    else await engine.send({ instance: target._id, type: act.type, data: act.data(target), actor, idempotencyKey })
  }

  /** What fell by the wayside is offered again some seconds later. */
  async function sweepLater(): Promise<void> {
    clock.now = new Date(clock.now.getTime() + 6_000)
    await engine.sweep()
  }

  /** The instance an act means, once what came before it has come to rest. */
  async function targetOf(act: DemoAct): Promise<Instance> {
    const root = letters.get(act.letter) ?? ''
    const reader = await actorIn(act.by)
    for (let wait = 0; ; wait++) {
      const tree = await engine.tree(root, reader).catch(() => [])
      const target = branchAt(tree, act.path)
      const busy = tree.some(({ messages }) => messages.length > 0)
      if (target && !busy) return target
      if (wait === 200) throw new Error(`${act.letter}: nothing to act on for ${act.type} at ${act.path.join(' > ')}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
      if (wait % 20 === 19) await sweepLater()
    }
  }

  it('are the same every time and in order', async () => {
    const posts = await organization.directory.positions()
    const again = demoLetters({
      posts,
      now: end,
      calendar: defaultCalendar,
      units: ['diskominfo', 'inspektorat', 'dinkes', 'setda'],
      count: COUNT,
    })
    const plain = (list: DemoAct[]) => list.map(({ data: _data, ...rest }) => rest)
    expect(plain(again)).to.deep.equal(plain(acts))
    expect(acts.every((act, index) => index === 0 || act.at >= (acts[index - 1]?.at ?? 0))).to.equal(true)
    expect(acts.every((act) => act.at <= end)).to.equal(true)
  })

  it('can be played from the first act to the last, and leave letters filed and open', async () => {
    for (const [index, act] of acts.entries())
      await perform(act, index).catch((error: Error) => {
        throw new Error(`${act.letter} ${act.at.toISOString()} ${act.type} by ${act.by}: ${error.message}`)
      })
    const roots = database.connection.collection('instances')
    const of = (filter: object) => roots.countDocuments({ workflow: 'incoming-letter', ...filter })
    expect(await of({})).to.equal(COUNT)
    expect(await of({ status: 'done' })).to.be.greaterThan(COUNT / 3)
    expect(await of({ status: 'active' })).to.be.at.least(2)
    expect(await roots.countDocuments({ status: 'parked' })).to.equal(0)
  })
})
