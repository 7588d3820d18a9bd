import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import type mongoose from 'mongoose'
import { setup } from 'xstate'
import { z } from 'zod'
import { activity, assignee, createEngine, defineWorkflow, type RunningEngine } from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'
import { person, stampActivity } from './sample.ts'
import { wallCalendar } from './wall-calendar.ts'

/** No `onError`: the author relies on the work being done. */
const trusting = defineWorkflow({
  id: 'trusting',
  version: 1,
  title: { id: 'Percaya', en: 'Trusting' },
  start: z.object({ unit: z.string(), title: z.string() }),
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  events: {},
  eventTitles: {},
  machine: setup({
    types: { context: {} as { unit: string; title: string }, input: {} as { data: { unit: string; title: string } } },
    actors: { stamp: activity<{ title: string }, { stamp: number }>() },
  }).createMachine({
    id: 'trusting',
    context: ({ input }) => input.data,
    initial: 'stamping',
    states: {
      stamping: {
        invoke: {
          id: 'stamp',
          src: 'stamp',
          input: ({ context }) => ({ title: context.title }),
          onDone: { target: 'done' },
        },
      },
      done: { type: 'final' },
    },
  }),
  summary: ({ title }) => ({ title }),
  unit: 'unit',
})

describe('parked instance', function () {
  this.timeout(20_000)
  const clerk = person('Citra', 'unit-a.clerk', 'unit-a', 'clerk')
  let database: FreshDatabase
  let engine: RunningEngine
  let now = new Date('2026-11-24T01:00:00Z')
  let isBroken = true

  before(async function () {
    needServices(this, 'MONGODB_URI')
    database = await freshDatabase()
    engine = await createEngine({
      db: database.connection.db as mongoose.mongo.Db,
      workflows: [trusting],
      activities: [
        stampActivity(async () => {
          if (isBroken) throw new Error('no ink')
          return 7
        }),
      ],
      log: createLogger('silent', 'test'),
      calendarOf: () => wallCalendar,
      describeHolders: async () => [],
      clock: () => now,
      queue: null,
      worker: { connection: null },
    })
  })
  after(async () => {
    await engine?.stop()
    await database?.drop()
  })

  it('stands still visibly when nobody handles the error, and goes on after a retry with a reason', async () => {
    const data = { unit: 'unit-a', title: 'Surat' }
    const { _id } = await engine.start({ workflow: 'trusting', data, actor: clerk, idempotencyKey: randomUUID() })
    for (let round = 0; round < 4; round++) {
      await engine.settled(_id, clerk, 200)
      now = new Date(now.getTime() + 120_000)
      await engine.sweep()
    }
    expect((await engine.parked()).map(({ id, problem }) => ({ id, problem }))).to.deep.equal([
      { id: _id, problem: 'no ink' },
    ])
    isBroken = false
    await engine.retry(_id, 'new ink')
    now = new Date(now.getTime() + 1_000)
    await engine.sweep()
    const instance = await engine.settled(_id, clerk, 2_000)
    expect([instance.status, instance.problem]).to.deep.equal(['done', null])
    const operator = (await engine.audit(_id, clerk)).filter((entry) => entry.kind === 'operator')
    expect(operator.map(({ event }) => event)).to.deep.equal(['engine.park', 'engine.retry'])
    expect((await engine.verify(_id)).valid).to.equal(true)
  })
})
