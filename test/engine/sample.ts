import { assign, enqueueActions, setup } from 'xstate'
import { z } from 'zod'
import {
  type Actor,
  activity,
  assignee,
  type ChildDone,
  defineActivity,
  defineWorkflow,
  type EventsOf,
  type StartInput,
  workflow,
  workingTime,
} from '../../src/engine/index.ts'

/** A small process with one of everything: people, jobs, children, timers. Not a letter on purpose. */

const requestStart = z.object({ unit: z.string(), title: z.string().max(100), judges: z.array(z.string()).max(9) })
const requestEvents = {
  ASK: z.object({ judges: z.array(z.string()).min(1) }),
  GRANT: z.object({ note: z.string().max(100).optional() }),
  CLOSE: z.object({}),
  WITHDRAW: z.object({ reason: z.string().min(3) }),
}

interface RequestContext {
  unit: string
  title: string
  head: string
  stamp: number | null
  open: Record<string, boolean>
  reminded: number
}

type RequestEvent =
  | EventsOf<typeof requestEvents>
  | ChildDone<{ opinion: string }>
  | { type: 'xstate.done.actor.stamp'; output: { stamp: number } }

const requestMachine = setup({
  types: {
    context: {} as RequestContext,
    events: {} as RequestEvent,
    input: {} as StartInput<z.output<typeof requestStart>>,
  },
  actors: {
    stamp: activity<{ title: string }, { stamp: number }>(),
    opinion: workflow<{ judge: string; title: string }, { opinion: string }>('opinion'),
  },
  delays: { reminder: workingTime({ hours: 4 }) },
  guards: { allIn: ({ context }) => Object.values(context.open).every((open) => !open) },
}).createMachine({
  id: 'request',
  context: ({ input }) => ({
    unit: input.data.unit,
    title: input.data.title,
    head: `${input.data.unit}.head`,
    stamp: null,
    open: {},
    reminded: 0,
  }),
  initial: 'stamping',
  states: {
    stamping: {
      invoke: {
        id: 'stamp',
        src: 'stamp',
        input: ({ context }) => ({ title: context.title }),
        onDone: { target: 'review', actions: assign({ stamp: ({ event }) => event.output.stamp }) },
        onError: { target: 'failed' },
      },
    },
    review: {
      meta: {
        task: {
          for: assignee.position('head'),
          title: { id: 'Putuskan', en: 'Decide' },
          events: ['GRANT', 'ASK', 'CLOSE'],
        },
        may: { WITHDRAW: assignee.role('clerk', 'unit') },
      },
      after: { reminder: { actions: assign({ reminded: ({ context }) => context.reminded + 1 }) } },
      on: {
        GRANT: { target: 'granted' },
        WITHDRAW: { target: 'withdrawn' },
        CLOSE: { target: 'closed', guard: 'allIn' },
        ASK: {
          actions: [
            assign({
              open: ({ context, event }) => ({
                ...context.open,
                ...Object.fromEntries(event.data.judges.map((_judge, index) => [`${event.ref}-${index}`, true])),
              }),
            }),
            enqueueActions(({ enqueue, event, context }) => {
              for (const [index, judge] of event.data.judges.entries())
                enqueue.spawnChild('opinion', { id: `${event.ref}-${index}`, input: { judge, title: context.title } })
            }),
          ],
        },
        'child.done': {
          actions: assign({ open: ({ context, event }) => ({ ...context.open, [event.id]: false }) }),
        },
      },
    },
    granted: { type: 'final' },
    withdrawn: { type: 'final' },
    closed: { type: 'final' },
    failed: { type: 'final' },
  },
  output: ({ context }) => ({ stamp: context.stamp }),
})

export const request = defineWorkflow({
  id: 'request',
  version: 1,
  title: { id: 'Permohonan', en: 'Request' },
  start: requestStart,
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  events: requestEvents,
  eventTitles: {
    ASK: { id: 'Minta pendapat', en: 'Ask' },
    GRANT: { id: 'Kabulkan', en: 'Grant' },
    CLOSE: { id: 'Tutup', en: 'Close' },
    WITHDRAW: { id: 'Tarik', en: 'Withdraw' },
  },
  refusals: {
    CLOSE: [
      {
        code: 'request.opinion-open',
        when: ({ open }) => Object.values(open).some(Boolean),
        title: { id: 'Masih ada pendapat yang ditunggu', en: 'An opinion is still open' },
      },
    ],
  },
  machine: requestMachine,
  summary: ({ title, stamp }) => ({ title, reference: stamp === null ? null : String(stamp), priority: 1 }),
  unit: 'unit',
})

const opinionStart = z.object({ judge: z.string(), title: z.string() })
const opinionEvents = { ANSWER: z.object({ opinion: z.string().min(1) }), OPEN: z.object({}) }

const opinionMachine = setup({
  types: {
    context: {} as { judge: string; title: string; unit: string; opinion: string },
    events: {} as EventsOf<typeof opinionEvents>,
    input: {} as StartInput<z.output<typeof opinionStart>>,
  },
}).createMachine({
  id: 'opinion',
  context: ({ input }) => ({ judge: input.data.judge, title: input.data.title, unit: 'unit-a', opinion: '' }),
  initial: 'asked',
  states: {
    asked: {
      initial: 'unread',
      meta: {
        task: {
          for: assignee.position('judge'),
          title: { id: 'Beri pendapat', en: 'Give an opinion' },
          events: ['ANSWER'],
          onSeen: 'OPEN',
          due: { hours: 2 },
        },
      },
      states: { unread: { on: { OPEN: { target: 'read' } } }, read: {} },
      on: { ANSWER: { target: 'given', actions: assign({ opinion: ({ event }) => event.data.opinion }) } },
    },
    given: { type: 'final' },
  },
  output: ({ context }) => ({ opinion: context.opinion }),
})

export const opinion = defineWorkflow({
  id: 'opinion',
  version: 1,
  title: { id: 'Pendapat', en: 'Opinion' },
  start: opinionStart,
  events: opinionEvents,
  eventTitles: { ANSWER: { id: 'Jawab', en: 'Answer' }, OPEN: { id: 'Buka', en: 'Open' } },
  machine: opinionMachine,
  summary: ({ title, judge }) => ({ title, reference: judge }),
  unit: 'unit',
})

export const stampActivity = (stamp: (title: string, messageId: string) => Promise<number>, inline = true) =>
  defineActivity({
    name: 'stamp',
    input: z.object({ title: z.string() }),
    output: z.object({ stamp: z.number() }),
    attempts: 3,
    timeoutMs: 2_000,
    inline,
    run: async ({ title }, { messageId }) => ({ stamp: await stamp(title, messageId) }),
  })

export function person(name: string, position: string, unit: string, ...roles: string[]): Actor {
  const keys = [
    `position:${position}`,
    `unit:${unit}`,
    ...roles.flatMap((role) => [`role:${role}`, `role:${role}@${unit}`]),
  ]
  return { person: name, name, posts: [{ position, title: `Post ${position}`, unit, capacity: 'definitive', keys }] }
}
