import { setup } from 'xstate'
import { z } from 'zod'
import { type Actor, activity, assignee, defineActivity, defineWorkflow, type StartInput } from '../src/engine/index.ts'

/** Decisions of people on the way of one letter; with the start and the service step it makes eight transitions. */
export const DECISIONS = ['SUBMIT', 'PARAF', 'PARAF', 'VERIFY', 'SIGN', 'SEND'] as const
export const TRANSITIONS = DECISIONS.length + 2

const step = z.object({ note: z.string().max(500) })
const start = z.object({ unit: z.string(), subject: z.string().max(200) })
const title = { id: 'Langkah', en: 'Step' }
const task = (event: string) => ({ task: { for: assignee.position('clerk'), title, events: [event] } })

const machine = setup({
  types: {
    context: {} as { unit: string; subject: string; clerk: string },
    input: {} as StartInput<z.output<typeof start>>,
  },
  actors: { file: activity<{ subject: string }>() },
}).createMachine({
  id: 'approval-bench',
  context: ({ input }) => ({ ...input.data, clerk: `${input.data.unit}.clerk` }),
  initial: 'draft',
  states: {
    draft: { meta: task('SUBMIT'), on: { SUBMIT: { target: 'first' } } },
    first: { meta: task('PARAF'), on: { PARAF: { target: 'second' } } },
    second: { meta: task('PARAF'), on: { PARAF: { target: 'verifying' } } },
    verifying: { meta: task('VERIFY'), on: { VERIFY: { target: 'signing' } } },
    signing: { meta: task('SIGN'), on: { SIGN: { target: 'sending' } } },
    sending: { meta: task('SEND'), on: { SEND: { target: 'filing' } } },
    filing: {
      invoke: {
        id: 'file',
        src: 'file',
        input: ({ context }) => ({ subject: context.subject }),
        onDone: { target: 'filed' },
      },
    },
    filed: { type: 'final' },
  },
})

const events = Object.fromEntries(DECISIONS.map((event) => [event, step]))

export const approval = defineWorkflow({
  id: 'approval-bench',
  version: 1,
  title,
  start,
  starters: [assignee.position('unit')],
  events,
  eventTitles: Object.fromEntries(DECISIONS.map((event) => [event, title])),
  machine,
  summary: ({ subject }) => ({ title: subject, priority: 1 }),
  unit: 'unit',
})

export const filing = (inline: boolean) =>
  defineActivity({
    name: 'file',
    input: z.object({ subject: z.string() }),
    output: z.null(),
    attempts: 3,
    timeoutMs: 10_000,
    inline,
    run: async () => null,
  })

export const clerk: Actor = {
  person: 'bench',
  name: 'Bench',
  posts: [
    {
      position: 'u.clerk',
      title: 'Clerk',
      unit: 'u',
      capacity: 'definitive',
      keys: ['position:u.clerk', 'position:u', 'role:registrar@u', 'unit:u'],
    },
  ],
}
