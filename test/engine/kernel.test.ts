import { expect } from 'chai'
import { assign, raise, setup, stopChild } from 'xstate'
import { activity } from '../../src/engine/index.ts'
import { createKernel, type MachineState } from '../../src/engine/kernel.ts'

const machine = setup({
  types: {} as { context: { count: number }; events: { type: string; id?: string } },
  actors: { work: activity<{ n: number }>() },
  actions: { tell: (_, _params: { n: number }) => {} },
}).createMachine({
  id: 'sample',
  context: { count: 0 },
  initial: 'first',
  states: {
    first: {
      entry: { type: 'tell', params: ({ context }) => ({ n: context.count }) },
      on: {
        NEXT: { target: 'passing' },
        AGAIN: { target: 'first', reenter: true, actions: assign({ count: ({ context }) => context.count + 1 }) },
        STOP: { actions: stopChild(({ event }) => event.id ?? '') },
      },
    },
    passing: { always: { target: 'waiting' } },
    waiting: {
      invoke: { id: 'work', src: 'work', input: { n: 1 }, onDone: { target: 'both' }, onError: { target: 'first' } },
      after: { 5000: { target: 'first' } },
    },
    both: {
      type: 'parallel',
      onDone: { target: 'end' },
      states: {
        left: { initial: 'a', states: { a: { on: { LEFT: { target: 'z' } } }, z: { type: 'final' } } },
        right: {
          initial: 'a',
          states: {
            a: { on: { RIGHT: { target: 'z' } } },
            z: { type: 'final' },
            back: { type: 'history', target: 'a' },
          },
        },
      },
    },
    end: { type: 'final' },
  },
})

describe('kernel', () => {
  const kernel = createKernel(machine)
  const stored = (state: MachineState): MachineState => JSON.parse(JSON.stringify(state))
  const step = (state: MachineState, event: { type: string; [key: string]: unknown }, children: string[] = []) =>
    kernel.step(stored(state), children, event)
  const start = () => kernel.start(undefined)

  it('lists what a start asks for, entered states first', () => {
    expect(start().actions).to.deep.equal([
      { type: 'entered', state: '' },
      { type: 'entered', state: 'first' },
      { type: 'effect', name: 'tell', params: { n: 0 } },
    ])
  })

  it('tells a state passed through, the timer and the job of the state it ends in', () => {
    const types = step(start().state, { type: 'NEXT' }).actions.map((action) =>
      Object.values(action).slice(0, 2).join(' '),
    )
    expect(types).to.deep.equal([
      'left first',
      'entered passing',
      'left passing',
      'entered waiting',
      'timer xstate.after.5000.sample.waiting',
      'spawn work',
    ])
  })

  it('tells a re-entry as leaving and entering', () => {
    const { state, actions } = step(start().state, { type: 'AGAIN' })
    expect(actions.map(({ type }) => type)).to.deep.equal(['left', 'entered', 'effect'])
    expect(state.context).to.deep.equal({ count: 1 })
  })

  it('names the child that an action stops', () => {
    const { actions } = step(start().state, { type: 'STOP', id: 'r1-0' }, ['r1-0', 'r1-1'])
    expect(actions).to.deep.equal([{ type: 'stop', id: 'r1-0' }])
  })

  it('moves on the answer of a job although no actor lives, and cancels its timer', () => {
    const waiting = step(start().state, { type: 'NEXT' }).state
    const { state, actions } = step(waiting, { type: 'xstate.done.actor.work', output: 1 }, ['work'])
    expect(state.value).to.deep.equal({ both: { left: 'a', right: 'a' } })
    expect(actions).to.deep.include({ type: 'cancel-timer', id: 'xstate.after.5000.sample.waiting' })
  })

  it('does not react to what it does not know', () => {
    const before = start().state
    expect(step(before, { type: 'NONSENSE' })).to.deep.equal({ state: before, changed: false, actions: [] })
  })

  it('ends when every region has ended', () => {
    let { state } = step(step(start().state, { type: 'NEXT' }).state, { type: 'xstate.done.actor.work' }, ['work'])
    state = step(state, { type: 'LEFT' }).state
    expect(state.status).to.equal('active')
    expect(step(state, { type: 'RIGHT' }).state.status).to.equal('done')
  })

  it('refuses a stored state that the machine does not have', () => {
    const strange = { ...start().state, value: 'nowhere' }
    expect(() => step(strange, { type: 'NEXT' })).to.throw(/nowhere/)
  })

  it('does not lose a child that was spawned where no action tells of it', () => {
    const sly = setup({ actors: { work: activity<{ n: number }>() } }).createMachine({
      id: 'sly',
      initial: 'a',
      states: {
        a: { on: { GO: { actions: assign(({ spawn }) => void spawn('work', { id: 'w', input: { n: 1 } })) } } },
      },
    })
    const slyKernel = createKernel(sly)
    expect(() => slyKernel.step(slyKernel.start(undefined).state, [], { type: 'GO' })).to.throw(/w was spawned inside/)
  })

  it('sets every delayed raise, also two of one kind', () => {
    const later = raise({ type: 'LATER' }, { delay: 1_000 })
    const twice = setup({}).createMachine({ id: 'twice', entry: [later, later] })
    const timers = createKernel(twice)
      .start(undefined)
      .actions.filter(({ type }) => type === 'timer')
    expect(timers.map((timer) => 'id' in timer && timer.id)).to.deep.equal([null, null])
  })

  it('takes a re-entry, and a transition with nothing but an effect, for what they are', () => {
    const still = createKernel(
      setup({ actions: { tell: () => {} } }).createMachine({
        id: 'still',
        initial: 'a',
        states: {
          a: {
            on: { AGAIN: { target: 'a', reenter: true }, TELL: { actions: 'tell' }, NOTHING: {} },
            after: { 1000: { actions: 'tell' } },
          },
        },
      }),
    )
    const react = (type: string) => {
      const { changed, actions } = still.step(still.start(undefined).state, [], { type })
      return [changed, ...actions.map((action) => action.type)]
    }
    expect(react('AGAIN')).to.deep.equal([true, 'left', 'cancel-timer', 'entered', 'timer'])
    expect(react('TELL')).to.deep.equal([true, 'effect'])
    expect(react('xstate.after.1000.still.a')).to.deep.equal([true, 'effect'])
    expect(react('NOTHING')).to.deep.equal([false])
  })
})
