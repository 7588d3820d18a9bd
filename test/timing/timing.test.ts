import { expect } from 'chai'
import { defaultCalendar } from '../../src/calendar/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { createTiming, factsOfWorkflows, journeyOf, type Timing } from '../../src/timing/index.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'
import { line } from '../workflows/letters.ts'
import { LetterRun, people, workflows } from './letter-run.ts'

const HOUR_MS = 3_600_000
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('timing', function () {
  this.timeout(60_000)
  let database: FreshDatabase
  let run: LetterRun
  let timing: Timing
  let letter: string

  before(async function () {
    needServices(this, 'MONGODB_URI')
    database = await freshDatabase()
    const { db } = database.connection
    if (!db) throw new Error('not connected')
    run = await LetterRun.create(db)
    timing = await createTiming({
      db,
      workflows,
      calendarOf: () => defaultCalendar,
      log: createLogger('silent', 'test'),
    })
    await run.at('2026-11-23T08:00')
    letter = await run.start()
    await run.at('2026-11-23T09:00')
    await run.send(letter, 'VERIFY', {}, people.verifier)
    await run.at('2026-11-23T10:00')
    await run.see(letter, people.head)
    await run.at('2026-11-23T11:00')
    await run.send(letter, 'DISPOSE', { lines: [line('first')] }, people.head)
    await run.at('2026-11-24T09:00')
  })

  after(async () => {
    await run?.engine.stop()
    await database?.drop()
  })

  const branch = async () => {
    const { tree } = await run.tree(letter)
    return tree.find(({ depth }) => depth === 1)?._id ?? ''
  }

  const journey = async () => {
    const { tree, audits } = await run.tree(letter)
    return journeyOf({
      tree,
      audits,
      now: run.now,
      calendarOf: () => defaultCalendar,
      holderOf: (keys) => keys[0] ?? null,
      workflows: factsOfWorkflows(workflows),
      remaining: null,
    })
  }

  const steps = () =>
    timing.steps({ unit: null, from: new Date('2026-01-01'), to: new Date('2027-01-01'), now: run.now })

  it('tells waiting for the head from the head’s own work', async () => {
    const { branches } = await journey()
    const desk = branches[0]?.stretches.filter((stretch) => stretch.for.includes('position:head')) ?? []
    expect(desk.map(({ kind, workingMs }) => [kind, workingMs])).to.deep.equal([
      ['waiting', HOUR_MS],
      ['acting', HOUR_MS],
    ])
  })

  it('leaves no moment out and counts none twice, in wall and in working time', async () => {
    const { branches, wallMs, workingMs } = await journey()
    for (const { stretches, forkedAt, joinedAt } of branches) {
      const end = joinedAt ?? run.now
      expect(sum(stretches.map((stretch) => stretch.wallMs))).to.equal(end.getTime() - forkedAt.getTime())
      expect(sum(stretches.map((stretch) => stretch.workingMs))).to.equal(
        defaultCalendar.workingMsBetween(forkedAt, end),
      )
    }
    expect(sum(branches[0]?.stretches.map((stretch) => stretch.wallMs) ?? [])).to.equal(wallMs)
    expect(sum(branches[0]?.stretches.map((stretch) => stretch.workingMs) ?? [])).to.equal(workingMs)
  })

  it('shows a disposition as a branch that leaves its letter and is still open', async () => {
    const { branches } = await journey()
    expect(branches).to.have.length(2)
    expect(branches[1]).to.deep.include({ parent: letter, open: true, joinedAt: null })
    expect(branches[1]?.stretches.at(-1)).to.deep.include({ kind: 'waiting', to: null })
  })

  it('counts what is open now with its age, and what is closed by exact working time', async () => {
    await timing.catchUp()
    const figures = await steps()
    const of = (state: string) => figures.steps.find((step) => step.state === state)
    expect(of('verification')).to.deep.include({ n: 1, medianMs: HOUR_MS, open: 0 })
    expect(of('handling.desk.review')).to.deep.include({
      medianMs: 2 * HOUR_MS,
      waitingMedianMs: HOUR_MS,
      actingMedianMs: HOUR_MS,
    })
    const opened = new Date('2026-11-23T11:00:00+08:00')
    const age = defaultCalendar.workingMsBetween(opened, run.now)
    expect(of('open.work.assigned')).to.deep.include({ n: 0, open: 1, longestOpenMs: age })
    expect(figures).to.deep.include({ open: 1, closed: 0, whole: null })
  })

  it('follows what happens, and a rebuild gives the same figures', async () => {
    const id = await branch()
    await run.see(id, people.first)
    await run.send(id, 'REPORT', { text: 'Sudah dilaksanakan' }, people.first)
    await run.send(id, 'ACCEPT', {}, people.head)
    await run.at('2026-11-24T10:00')
    await run.send(letter, 'CLOSE', {}, people.head)
    await run.send(letter, 'FILE', { classification: '000.1.5' }, people.registrar)
    expect(await timing.catchUp()).to.equal(2)
    expect(await timing.catchUp()).to.equal(0)
    const live = await steps()
    expect(live).to.deep.include({ open: 0, closed: 1 })
    expect(await timing.rebuild()).to.equal(2)
    expect(await steps()).to.deep.equal(live)
  })

  it('forgets what the audit does not say when it is rebuilt', async () => {
    const rows = database.connection.collection('step_times')
    const [some] = await rows.find().limit(1).toArray()
    await rows.insertOne({ ...some, _id: 'ghost:1' as never })
    await timing.rebuild()
    expect(await rows.countDocuments({ _id: 'ghost:1' as never })).to.equal(0)
  })
})
