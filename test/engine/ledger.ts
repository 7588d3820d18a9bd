import { assign, setup } from 'xstate'
import { z } from 'zod'
import {
  activity,
  assignee,
  defineActivity,
  defineWorkflow,
  type EventsOf,
  type WorkflowDefinition,
} from '../../src/engine/index.ts'

const events = { ADD: z.object({ n: z.number() }), FETCH: z.object({}), LEAVE: z.object({}) }

/** Counts without an end: for long histories. */
export const ledger: WorkflowDefinition = defineWorkflow({
  id: 'ledger',
  version: 1,
  title: { id: 'Buku besar', en: 'Ledger' },
  start: z.object({ unit: z.string() }),
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  events,
  eventTitles: {
    ADD: { id: 'Tambah', en: 'Add' },
    FETCH: { id: 'Ambil', en: 'Fetch' },
    LEAVE: { id: 'Tinggalkan', en: 'Leave' },
  },
  machine: setup({
    types: {
      context: {} as { unit: string; head: string; sum: number; fetched: number },
      events: {} as EventsOf<typeof events>,
      input: {} as { data: { unit: string } },
    },
    actors: { fetch: activity<null, null>() },
  }).createMachine({
    id: 'ledger',
    context: ({ input: { data } }) => ({ unit: data.unit, head: `${data.unit}.head`, sum: 0, fetched: 0 }),
    initial: 'open',
    states: {
      open: {
        meta: {
          task: { for: assignee.position('head'), title: { id: 'Isi', en: 'Fill' }, events: ['ADD', 'FETCH'] },
        },
        on: {
          ADD: { actions: assign({ sum: ({ context, event }) => context.sum + event.data.n }) },
          FETCH: { target: 'fetching' },
        },
      },
      fetching: {
        meta: {
          task: { for: assignee.position('head'), title: { id: 'Tunggu', en: 'Wait' }, events: ['LEAVE'] },
        },
        invoke: {
          id: 'fetch',
          src: 'fetch',
          input: null,
          onDone: { target: 'open', actions: assign({ fetched: ({ context }) => context.fetched + 1 }) },
        },
        on: { LEAVE: { target: 'open' } },
      },
    },
  }),
  summary: () => ({ title: 'ledger' }),
  unit: 'unit',
})

/** An activity that the test lets go on. */
export function slowFetch() {
  const waiting: (() => void)[] = []
  const fetch = defineActivity({
    name: 'fetch',
    input: z.null(),
    output: z.null(),
    attempts: 3,
    timeoutMs: 10_000,
    inline: true,
    run: () => new Promise<null>((resolve) => waiting.push(() => resolve(null))),
  })
  const begun = async () => {
    while (waiting.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return {
    fetch,
    begun,
    async letGo() {
      await begun()
      for (const done of waiting.splice(0)) done()
    },
  }
}
