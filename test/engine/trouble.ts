import { assign, setup } from 'xstate'
import { z } from 'zod'
import {
  activity,
  assignee,
  type ChildDone,
  defineActivity,
  defineWorkflow,
  type EventsOf,
  type StartInput,
  workflow,
} from '../../src/engine/index.ts'

/** A process in which everything can go wrong, by the word of its start data. */

const start = z.object({ unit: z.string(), mode: z.string() })
const events = { GO: z.object({}), BREAK: z.object({}), SPOIL: z.object({ with: z.string() }), END: z.object({}) }

interface Context {
  unit: string
  mode: string
  head: string
  ticks: number
  answers: number
  kept: unknown
}

const MINUTE = 60_000
const spoilt: Record<string, () => unknown> = {
  date: () => new Date(),
  map: () => new Map(),
  nan: () => Number.NaN,
  function: () => () => 1,
  undefined: () => [undefined],
}

export const broken = { rule: true }

function mustHold(): true {
  if (broken.rule) throw new Error('rule is broken')
  return true
}

const machine = setup({
  types: {
    context: {} as Context,
    events: {} as EventsOf<typeof events> | ChildDone<{ unit: string }>,
    input: {} as StartInput<z.output<typeof start>>,
  },
  actors: {
    fragile: activity<{ mode: string }, { ok: boolean }>(),
    errand: workflow<{ unit: string; mode: string }, { unit: string }>('errand'),
  },
  actions: { tell: (_, _params: { mode: string }) => {} },
}).createMachine({
  id: 'trouble',
  context: ({ input: { data } }) => ({ ...data, head: `${data.unit}.head`, ticks: 0, answers: 0, kept: null }),
  initial: 'desk',
  states: {
    desk: {
      meta: {
        task: {
          for: assignee.position('head'),
          title: { id: 'Putuskan', en: 'Decide' },
          events: ['GO', 'BREAK', 'SPOIL', 'END'],
        },
      },
      on: {
        BREAK: { actions: assign({ answers: ({ context }) => context.answers + Number(mustHold()) }) },
        SPOIL: { actions: assign({ kept: ({ event }) => spoilt[event.data.with]?.() }) },
        END: { target: 'told' },
        GO: [
          { guard: ({ context }) => context.mode === 'timer', target: 'timed' },
          { guard: ({ context }) => context.mode === 'child', target: 'errand' },
          { target: 'both' },
        ],
      },
    },
    timed: {
      after: { 60000: { target: 'told', guard: mustHold } },
    },
    errand: {
      invoke: {
        id: 'errand',
        src: 'errand',
        input: ({ context }) => ({ unit: context.unit, mode: 'errand' }),
        onDone: { target: 'over', actions: assign({ answers: ({ context }) => context.answers + Number(mustHold()) }) },
      },
    },
    both: {
      type: 'parallel',
      onDone: { target: 'over' },
      states: {
        fragile: {
          initial: 'working',
          states: {
            working: {
              invoke: {
                id: 'fragile',
                src: 'fragile',
                input: ({ context }) => ({ mode: context.mode }),
                onDone: { target: 'worked' },
              },
              after: { [10 * MINUTE]: { actions: assign({ ticks: ({ context }) => context.ticks + 1 }) } },
            },
            worked: { type: 'final' },
          },
        },
        errand: {
          initial: 'out',
          states: {
            out: {
              invoke: {
                id: 'other',
                src: 'errand',
                input: ({ context }) => ({ unit: context.unit, mode: 'errand' }),
                onDone: { target: 'back' },
              },
            },
            back: { type: 'final' },
          },
        },
      },
    },
    told: { entry: { type: 'tell', params: ({ context }) => ({ mode: context.mode }) }, always: { target: 'over' } },
    over: { type: 'final' },
  },
})

const common = {
  version: 1,
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  unit: 'unit',
}

export const trouble = defineWorkflow({
  ...common,
  id: 'trouble',
  title: { id: 'Masalah', en: 'Trouble' },
  start,
  events,
  eventTitles: {
    GO: { id: 'Jalan', en: 'Go' },
    BREAK: { id: 'Rusak', en: 'Break' },
    SPOIL: { id: 'Cemari', en: 'Spoil' },
    END: { id: 'Akhiri', en: 'End' },
  },
  machine,
  summary: ({ mode }) => ({ title: mode }),
})

const errandEvents = { DONE: z.object({}) }

export const errand = defineWorkflow({
  ...common,
  id: 'errand',
  title: { id: 'Suruhan', en: 'Errand' },
  start,
  events: errandEvents,
  eventTitles: { DONE: { id: 'Selesai', en: 'Done' } },
  machine: setup({
    types: {
      context: {} as { unit: string; head: string },
      events: {} as EventsOf<typeof errandEvents>,
      input: {} as StartInput<z.output<typeof start>>,
    },
  }).createMachine({
    id: 'errand',
    context: ({ input: { data } }) => ({ unit: data.unit, head: `${data.unit}.head` }),
    initial: 'out',
    states: {
      out: {
        meta: {
          task: { for: assignee.position('head'), title: { id: 'Kerjakan', en: 'Do' }, events: ['DONE'] },
        },
        on: { DONE: { target: 'done' } },
      },
      done: { type: 'final' },
    },
    output: ({ context }) => ({ unit: context.unit }),
  }),
  summary: () => ({ title: 'errand' }),
})

const quick = { attempts: 2, timeoutMs: 2_000, inline: true }

/** Both fail for as long as `broken.rule` holds. */
export const troubleActivities = [
  defineActivity({
    ...quick,
    name: 'fragile',
    input: z.object({ mode: z.string() }),
    output: z.object({ ok: z.boolean() }),
    run: async () => {
      mustHold()
      return { ok: true }
    },
  }),
  defineActivity({
    ...quick,
    name: 'tell',
    input: z.object({ mode: z.string() }),
    output: z.null(),
    run: async () => {
      mustHold()
      return null
    },
  }),
]
