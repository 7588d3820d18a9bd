import { expect } from 'chai'
import { assign, raise, setup } from 'xstate'
import { z } from 'zod'
import { assignee, defineWorkflow, type EventsOf, type Instance, workflow } from '../../src/engine/index.ts'
import { needServices } from '../support/services.ts'
import { clerk, type Office, openOffice } from './office.ts'

const HOUR = 3_600_000
const events = { GO: z.object({}), AGAIN: z.object({}), PAUSE: z.object({}), RESUME: z.object({}), STEP: z.object({}) }

interface Context {
  unit: string
  head: string
  depth: number
  fired: string[]
}

const fired = (name: string) =>
  assign({ fired: ({ context }: { context: Context }) => [...context.fired, name] }) as never
const task = {
  task: { for: assignee.position('head'), title: { id: 'Lakukan', en: 'Do' }, events: Object.keys(events) },
}

/** Every construct of XState beside activities; a chain of children three deep hangs below it. */
const machine = setup({
  types: {
    context: {} as Context,
    events: {} as EventsOf<typeof events> | { type: 'LATER' },
    input: {} as { data: { unit: string; depth: number } },
  },
  actors: { below: workflow<{ unit: string; depth: number }>('constructs') },
}).createMachine({
  id: 'constructs',
  context: ({ input: { data } }) => ({ ...data, head: `${data.unit}.head`, fired: [] }),
  initial: 'idle',
  states: {
    idle: {
      meta: task,
      after: { [HOUR]: { actions: fired('idle') } },
      on: { GO: { target: 'work' }, AGAIN: { target: 'idle', reenter: true } },
    },
    work: {
      meta: task,
      entry: [raise({ type: 'LATER' }, { delay: HOUR }), raise({ type: 'LATER' }, { delay: HOUR })],
      type: 'parallel',
      on: { PAUSE: { target: 'paused' }, LATER: { actions: fired('later') } },
      states: {
        left: { initial: 'one', states: { one: { on: { STEP: { target: 'two' } } }, two: {} } },
        right: { initial: 'one', states: { one: { always: { target: 'two' } }, two: {} } },
        back: { type: 'history', history: 'deep', target: 'left' },
      },
    },
    paused: { meta: task, on: { RESUME: { target: 'work.back' }, LATER: { actions: fired('paused') } } },
  },
})

const chained = setup({
  types: {
    context: {} as Context,
    events: {} as EventsOf<typeof events>,
    input: {} as { data: { unit: string; depth: number } },
  },
  actors: { below: workflow<{ unit: string; depth: number }>('chained') },
}).createMachine({
  id: 'chained',
  context: ({ input: { data } }) => ({ ...data, head: `${data.unit}.head`, fired: [] }),
  initial: 'deciding',
  states: {
    deciding: { always: [{ guard: ({ context }) => context.depth > 0, target: 'holding' }, { target: 'lowest' }] },
    holding: {
      meta: task,
      invoke: {
        id: 'below',
        src: 'below',
        input: ({ context }) => ({ unit: context.unit, depth: context.depth - 1 }),
        onDone: { target: 'over' },
      },
      on: { GO: { target: 'over' } },
    },
    lowest: { meta: task, on: { GO: { target: 'over' } } },
    over: { type: 'final' },
  },
})

const common = {
  version: 1,
  start: z.object({ unit: z.string(), depth: z.number() }),
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  events,
  eventTitles: Object.fromEntries(Object.keys(events).map((type) => [type, { id: type, en: type }])),
  unit: 'unit',
}

describe('constructs', function () {
  this.timeout(30_000)
  let office: Office

  before(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice({
      workflows: [
        defineWorkflow({
          ...common,
          id: 'constructs',
          title: { id: 'Bentuk', en: 'Constructs' },
          machine,
          summary: () => ({ title: 'constructs' }),
        }),
        defineWorkflow({
          ...common,
          id: 'chained',
          title: { id: 'Berantai', en: 'Chained' },
          machine: chained,
          summary: () => ({ title: 'chained' }),
        }),
      ],
      activities: [],
    })
  })
  after(() => office?.close())

  const begin = async (name = 'constructs', depth = 0) => (await office.start(name, { unit: 'unit-a', depth }))._id
  const firedOf = async (id: string) => (await office.document(id)).context.fired

  it('count the time of a state anew when it is entered again', async () => {
    const id = await begin()
    office.time.pass(0.75 * HOUR)
    const again = await office.send(id, 'AGAIN')
    expect(again.timers.map((timer) => timer.dueAt.getTime())).to.deep.equal([office.time.now.getTime() + HOUR])
    expect(again.tasks.map((each) => each.openedAt)).to.deep.equal([office.time.now])
    office.time.pass(0.75 * HOUR)
    await office.rounds(1)
    expect(await firedOf(id)).to.deep.equal([])
    office.time.pass(0.25 * HOUR)
    await office.rounds(1)
    expect(await firedOf(id)).to.deep.equal(['idle'])
  })

  it('never fire a deadline of a state that was left', async () => {
    const id = await begin()
    const { timers } = await office.send(id, 'GO')
    expect(timers.map((timer) => timer.event.type)).to.deep.equal(['LATER', 'LATER'])
    office.time.pass(2 * HOUR)
    await office.rounds(2)
    expect(await firedOf(id)).to.deep.equal(['later', 'later'])
  })

  it('fire once what fell due while everything was off, with several sweepers and a clock that runs ahead', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => begin()))
    const ahead = await office.another(() => new Date(office.time.now.getTime() + 30_000))
    const beside = await office.another()
    office.time.pass(5 * HOUR)
    await Promise.all([ahead.sweep(), office.engine.sweep(), beside.sweep(), ahead.sweep(), office.engine.sweep()])
    for (const id of ids) {
      expect(await firedOf(id)).to.deep.equal(['idle'])
      await office.send(id, 'GO')
      const { audit } = await office.document(id)
      expect(audit.every((entry) => entry.wallMs >= 0)).to.equal(true)
      expect((await office.engine.verify(id)).valid).to.equal(true)
    }
  })

  it('return to the remembered states of all regions, from memory and from the database', async () => {
    const id = await begin()
    await office.send(id, 'GO')
    expect((await office.send(id, 'STEP')).value).to.deep.equal({ work: { left: 'two', right: 'two' } })
    await office.send(id, 'PAUSE')
    const second = await office.another()
    const actor = {
      person: 'Hadi',
      name: 'Hadi',
      posts: [{ position: 'h', title: 'H', unit: 'unit-a', capacity: 'definitive', keys: ['position:unit-a.head'] }],
    }
    const resumed = await second.send({ instance: id, type: 'RESUME', data: {}, actor, idempotencyKey: 'resume-once' })
    expect(resumed.value).to.deep.equal({ work: { left: 'two', right: 'two' } })
  })

  it('cancel children three levels down when the root ends, and close every task', async () => {
    const id = await begin('chained', 3)
    await office.engine.idle()
    expect(await office.engine.tree(id, clerk)).to.have.length(4)
    await office.send(id, 'GO')
    await office.engine.idle()
    const tree: Instance[] = await office.engine.tree(id, clerk)
    expect(tree.map(({ status }) => status)).to.deep.equal(['done', 'stopped', 'stopped', 'stopped'])
    for (const { _id, tasks, messages, timers, invocations } of tree) {
      expect([tasks, messages, timers, invocations], _id).to.deep.equal([[], [], [], []])
      expect((await office.engine.verify(_id)).valid).to.equal(true)
    }
  })

  it('carry the end of the lowest child up to the root', async () => {
    const id = await begin('chained', 3)
    await office.engine.idle()
    const lowest = (await office.engine.tree(id, clerk)).at(-1)
    await office.send(lowest?._id ?? '', 'GO')
    await office.engine.idle()
    expect((await office.engine.tree(id, clerk)).map(({ status }) => status)).to.deep.equal(Array(4).fill('done'))
  })

  it('serve thousands of overdue instances round by round', async () => {
    const { _id, ...form } = await office.document(await begin())
    const copies = Array.from({ length: 5_000 }, (_, index) => ({ ...form, _id: `${_id}-${index}` as never }))
    await office.db.collection('instances').insertMany(copies as never[])
    office.time.pass(3 * HOUR)
    for (let before = 5_000; before > 4_500; ) {
      await office.engine.sweep()
      const left = await office.db.collection('instances').countDocuments({ _id: /-\d+$/ as never, revision: 1 })
      expect(left).to.be.lessThan(before)
      before = left
    }
  })
})
