import { assign, setup } from 'xstate'
import { z } from 'zod'
import { assignee, defineWorkflow, type EventsOf, type StartInput } from '../../src/engine/index.ts'

/** A process that carries files: one at its start, proofs with its event. */

const file = z.string().min(1).max(100).meta({ mahakam: 'file' })
const start = z.object({ unit: z.string(), title: z.string(), scan: file.optional() })
const events = { PROVE: z.object({ proofs: z.array(file).max(5), note: z.string().optional() }), END: z.object({}) }

const machine = setup({
  types: {
    context: {} as { unit: string; title: string; files: string[] },
    events: {} as EventsOf<typeof events>,
    input: {} as StartInput<z.output<typeof start>>,
  },
}).createMachine({
  id: 'paper',
  context: ({ input: { data } }) => ({ unit: data.unit, title: data.title, files: data.scan ? [data.scan] : [] }),
  initial: 'open',
  states: {
    open: {
      meta: {
        task: {
          for: assignee.role('head', 'unit'),
          title: { id: 'Buktikan', en: 'Prove' },
          events: ['PROVE', 'END'],
        },
      },
      on: {
        PROVE: {
          actions: assign({ files: ({ context, event }) => [...context.files, ...event.data.proofs] }),
        },
        END: { target: 'ended' },
      },
      always: { guard: ({ context }) => context.files.length > 50, target: 'ended' },
    },
    ended: { type: 'final' },
  },
})

export const paper = defineWorkflow({
  id: 'paper',
  version: 1,
  title: { id: 'Kertas', en: 'Paper' },
  start,
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  events,
  eventTitles: { PROVE: { id: 'Buktikan', en: 'Prove' }, END: { id: 'Akhiri', en: 'End' } },
  machine,
  summary: ({ title }) => ({ title }),
  unit: 'unit',
})
