import { expect } from 'chai'
import { type AnyStateMachine, assign, fromCallback, fromPromise, raise, sendParent, sendTo, setup } from 'xstate'
import { z } from 'zod'
import { activity, defineActivity, defineWorkflow, workflow, workingTime } from '../../src/engine/index.ts'
import { createRegistry } from '../../src/engine/registry.ts'

const tell = defineActivity({
  name: 'tell',
  input: z.unknown(),
  output: z.null(),
  attempts: 1,
  timeoutMs: 1_000,
  run: async () => null,
})

const register = (machine: AnyStateMachine, more: object = {}) =>
  createRegistry(
    [
      defineWorkflow({
        id: 'draft',
        version: 1,
        title: { id: 'Draf', en: 'Draft' },
        start: z.object({}),
        events: {},
        eventTitles: {},
        machine,
        summary: () => ({ title: '' }),
        unit: 'unit',
        ...more,
      }),
    ],
    new Map([['tell', tell]]),
  )

const states = (desk: object) => ({ id: 'draft', initial: 'desk', states: { desk } })
const machineOf = (parts: object, desk: object) =>
  setup(parts as never).createMachine(states(desk) as never) as unknown as AnyStateMachine
const plain = (desk: object) => machineOf({}, desk)

describe('registry', () => {
  it('takes a machine of which every part has a durable meaning', () => {
    const machine = setup({
      actors: { tell: activity<unknown>() },
      actions: { tell: (_, _params: { n: number }) => {}, note: assign({}) },
      delays: { soon: workingTime({ hours: 1 }) },
    }).createMachine({
      id: 'draft',
      initial: 'desk',
      entry: 'note',
      states: {
        desk: {
          entry: [{ type: 'tell', params: { n: 1 } }, raise({ type: 'LATER' }, { delay: 1_000 })],
          invoke: { id: 'tell', src: 'tell', input: {}, onDone: { target: 'done' } },
          after: { soon: { target: 'done' } },
        },
        done: { type: 'final' },
      },
    })
    expect(() => register(machine)).not.to.throw()
  })

  const refused: [string, () => AnyStateMachine, RegExp][] = [
    ['an inline function as action', () => plain({ entry: () => {} }), /draft v1, desk: .*inline function/],
    ['an inline function on a transition', () => plain({ on: { GO: { actions: [() => {}] } } }), /desk: .*inline/],
    ['an inline function after an answer', () => plain({ always: { actions: () => {} } }), /desk: .*inline/],
    ['an action that nobody does', () => plain({ exit: { type: 'shout' } }), /desk: no activity of the name shout/],
    ['sendTo', () => plain({ entry: sendTo('other', { type: 'X' }) }), /desk: sendTo has no durable meaning/],
    ['sendParent', () => plain({ entry: sendParent({ type: 'X' }) }), /desk: sendTo has no durable meaning/],
    [
      'an implementation that is not an activity',
      () => machineOf({ actions: { log: () => {} } }, {}),
      /setup\.actions\.log: no activity of the name log/,
    ],
    [
      'a raise in working time, which only after can count',
      () =>
        machineOf(
          { delays: { soon: workingTime({ hours: 1 }) } },
          { entry: raise({ type: 'X' }, { delay: 'soon' as never }) },
        ),
      /desk: raise would count soon in wall time/,
    ],
    [
      'an invoke of inline logic',
      () => plain({ invoke: { id: 'a', src: fromPromise(async () => 1) } }),
      /desk: invoke by/,
    ],
    ['an invoke without an id', () => plain({ invoke: { src: 'tell' } }), /desk: every invoke needs a stable id/],
    ['an invoke of nobody', () => plain({ invoke: { id: 'a', src: 'nobody' } }), /desk: unknown actor nobody/],
    [
      'promise logic of one’s own',
      () => machineOf({ actors: { tell: fromPromise(async () => 1) } }, {}),
      /tell: an actor must be declared with activity\(\) or workflow\(\)/,
    ],
    [
      'callback logic',
      () => machineOf({ actors: { tell: fromCallback(() => {}) } }, {}),
      /tell: an actor must be declared/,
    ],
    [
      'an activity that is not there',
      () => machineOf({ actors: { carve: activity() } }, {}),
      /carve: no activity of this name/,
    ],
    [
      'a child workflow that is not there',
      () => machineOf({ actors: { child: workflow('nowhere') } }, {}),
      /child: no workflow nowhere is known/,
    ],
  ]
  for (const [what, machine, why] of refused)
    it(`refuses ${what}, naming its place`, () => {
      expect(() => register(machine())).to.throw(why)
    })

  it('refuses events that only the engine sends, and a version declared twice', () => {
    const events = { 'xstate.done.actor.tell': z.object({}) }
    expect(() => register(plain({}), { events })).to.throw(/reserved/)
    const [process] = register(plain({})).processes
    if (!process) throw new Error('not registered')
    expect(() => createRegistry([process.definition, process.definition], new Map())).to.throw(/declared twice/)
  })
})
