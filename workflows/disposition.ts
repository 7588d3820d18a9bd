import { assign, enqueueActions, setup, stopChild } from 'xstate'
import { z } from 'zod'
import {
  activity,
  assignee,
  type ChildDone,
  defineWorkflow,
  type EventStamp,
  type EventsOf,
  type StartInput,
  workflow,
} from '../src/engine/index.ts'
import {
  type AddressedLine,
  addressedLine,
  BRANCHES_MAX,
  type Branches,
  childrenOf,
  type DispositionOutcome,
  dispose,
  fileId,
  isAnyOpen,
  isBranchOpen,
  type Level,
  letterFacts,
  level,
  nameOf,
  note,
  type Pending,
  pendingOf,
  problemOf,
  type Recipients,
  type RenderedSheet,
  type Resolved,
  reason,
  recipientsOf,
  sheetRequest,
  withAnswered,
  withOpened,
  withReleased,
} from '../src/letters/index.ts'

/** Levels of givers below one another; a longer chain of command does not exist in a province. */
const LEVELS_MAX = 12

const start = z.object({
  letter: letterFacts,
  /** From the head down to the act that made this disposition. */
  chain: z.array(level).min(1),
  line: addressedLine,
})

const events = {
  OPEN: z.object({}),
  DISPOSE: dispose,
  REPORT: z.object({ text: z.string().trim().min(3).max(4_000), files: z.array(fileId).max(20).default([]) }),
  ACKNOWLEDGE: z.object({ note }),
  SEND_BACK: z.object({ reason }),
  ACCEPT: z.object({ note }),
  RETURN_REPORT: z.object({ reason }),
  RECALL: z.object({ reason }),
  RELEASE: z.object({ branch: z.string().min(1).max(40), reason }),
  REDRAW: z.object({}),
  WAIVE_SHEET: z.object({ reason }),
}

interface Report {
  text: string
  files: string[]
  at: string
  by: string
}

interface Context {
  unit: string
  letterUnit: string
  letter: z.output<typeof letterFacts>
  chain: Level[]
  line: AddressedLine
  to: string
  giver: string
  dueAt: string | null
  readAt: string | null
  pending: Pending | null
  branches: Branches
  report: Report | null
  returned: { reason: string; at: string; by: string }[]
  problem: string | null
  sheet: RenderedSheet | null
  outcome: DispositionOutcome | null
}

type Event = EventsOf<typeof events> | ChildDone<DispositionOutcome>

const reportOf = ({ text, files }: Pick<Report, 'text' | 'files'>, { at, by }: EventStamp): Report => {
  return { text, files, at, by: nameOf(by) }
}

const outcomeOf = (
  status: DispositionOutcome['status'],
  said: string | null,
  at: string,
  files: string[] = [],
): DispositionOutcome => ({ status, note: said, at, files })

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as StartInput<z.output<typeof start>> },
  actors: {
    renderDocument: activity<ReturnType<typeof sheetRequest>, RenderedSheet>(),
    resolveRecipients: activity<Recipients, Resolved>(),
    disposition: workflow<z.input<typeof start>, DispositionOutcome>('disposition'),
  },
  guards: {
    branchesClosed: ({ context }) => !isAnyOpen(context.branches),
    forInformation: ({ context }) => context.line.kind === 'information',
    mayGoDeeper: ({ context, event }) =>
      event.type === 'DISPOSE' &&
      context.chain.length < LEVELS_MAX &&
      Object.keys(context.branches).length + event.data.lines.length <= BRANCHES_MAX,
  },
}).createMachine({
  id: 'disposition',
  context: ({ input: { data } }) => ({
    unit: data.line.unit,
    letterUnit: data.letter.unit,
    letter: data.letter,
    chain: data.chain,
    line: data.line,
    to: data.line.to,
    giver: data.chain.at(-1)?.giver.position ?? '',
    dueAt: data.line.dueAt,
    readAt: null,
    pending: null,
    branches: {},
    report: null,
    returned: [],
    problem: null,
    sheet: null,
    outcome: null,
  }),
  initial: 'open',
  states: {
    open: {
      type: 'parallel',
      onDone: { target: 'ended' },
      states: {
        sheet: {
          initial: 'drawing',
          states: {
            drawing: {
              meta: { title: { id: 'Lembar sedang digambar', en: 'Sheet is being drawn' } },
              invoke: {
                id: 'sheet',
                src: 'renderDocument',
                input: ({ context }) => sheetRequest(context.letter, context.chain, context.to),
                onDone: { target: 'drawn', actions: assign({ sheet: ({ event }) => event.output }) },
                onError: { target: 'failed' },
              },
            },
            drawn: { type: 'final' },
            failed: {
              meta: {
                title: { id: 'Lembar gagal digambar', en: 'Sheet could not be drawn' },
                task: {
                  for: assignee.role('registrar', 'letterUnit'),
                  title: { id: 'Lembar disposisi gagal digambar', en: 'The sheet could not be drawn' },
                  events: ['REDRAW', 'WAIVE_SHEET'],
                },
              },
              on: { REDRAW: { target: 'drawing' }, WAIVE_SHEET: { target: 'drawn' } },
            },
          },
        },
        work: {
          initial: 'assigned',
          on: {
            'child.done': {
              actions: assign({
                branches: ({ context, event }) => withAnswered(context.branches, event),
              }),
            },
          },
          states: {
            assigned: {
              meta: {
                title: { id: 'Menunggu tindak lanjut', en: 'Waiting for follow-up' },
                task: {
                  for: assignee.position('to'),
                  title: { id: 'Tindak lanjuti disposisi', en: 'Act on the disposition' },
                  events: ['REPORT', 'DISPOSE', 'ACKNOWLEDGE', 'SEND_BACK'],
                  onSeen: 'OPEN',
                  due: { from: 'dueAt' },
                },
              },
              initial: 'unread',
              states: {
                unread: {
                  meta: {
                    title: { id: 'Belum dibuka', en: 'Not opened' },
                    may: { RECALL: assignee.position('giver') },
                  },
                  on: {
                    OPEN: { target: 'read', actions: assign({ readAt: ({ event }) => event.at }) },
                    RECALL: {
                      target: '#disposition.open.work.settled',
                      actions: assign({
                        outcome: ({ event }) => outcomeOf('recalled', event.data.reason, event.at),
                      }),
                    },
                  },
                },
                read: { meta: { title: { id: 'Sudah dibuka', en: 'Opened' } } },
              },
              on: {
                DISPOSE: {
                  target: 'dispatching',
                  guard: 'mayGoDeeper',
                  actions: assign({
                    readAt: ({ context, event }) => context.readAt ?? event.at,
                    pending: ({ event }) => pendingOf(event.data.lines, event),
                  }),
                },
                REPORT: {
                  target: 'reported',
                  actions: assign({
                    readAt: ({ context, event }) => context.readAt ?? event.at,
                    report: ({ event }) => reportOf(event.data, event),
                  }),
                },
                ACKNOWLEDGE: {
                  target: 'settled',
                  guard: 'forInformation',
                  actions: assign({
                    outcome: ({ event }) => outcomeOf('acknowledged', event.data.note, event.at),
                  }),
                },
                SEND_BACK: {
                  target: 'settled',
                  actions: assign({
                    outcome: ({ event }) => outcomeOf('returned', event.data.reason, event.at),
                  }),
                },
              },
            },
            dispatching: {
              meta: { title: { id: 'Disposisi sedang dikirim', en: 'Being sent on' } },
              invoke: {
                id: 'recipients',
                src: 'resolveRecipients',
                input: ({ context }) => recipientsOf(context.pending),
                onDone: {
                  target: 'delegated',
                  actions: [
                    assign({
                      problem: null,
                      branches: ({ context, event }) => withOpened(context.branches, event, context.pending),
                    }),
                    enqueueActions(({ enqueue, context, event }) => {
                      for (const { id, chain, line } of childrenOf(event, context.pending, context.chain))
                        enqueue.spawnChild('disposition', { id, input: { letter: context.letter, chain, line } })
                    }),
                  ],
                },
                onError: {
                  target: 'assigned.read',
                  actions: assign({ problem: ({ event }) => problemOf(event.error) }),
                },
              },
            },
            delegated: {
              initial: 'awaiting',
              states: {
                awaiting: {
                  meta: {
                    title: { id: 'Menunggu laporan bawahan', en: 'Waiting for reports' },
                    may: {
                      DISPOSE: assignee.position('to'),
                      RELEASE: assignee.position('to'),
                      REPORT: assignee.position('to'),
                    },
                  },
                  always: { target: 'concluding', guard: 'branchesClosed' },
                  on: {
                    RELEASE: {
                      guard: ({ context, event }) => isBranchOpen(context.branches, event.data.branch),
                      actions: [
                        stopChild(({ event }) => event.data.branch),
                        assign({
                          branches: ({ context, event }) => withReleased(context.branches, event.data, event.at),
                        }),
                      ],
                    },
                  },
                },
                concluding: {
                  meta: {
                    title: { id: 'Siap dilaporkan', en: 'Ready to report' },
                    task: {
                      for: assignee.position('to'),
                      title: { id: 'Laporkan hasil disposisi', en: 'Report the outcome' },
                      events: ['REPORT', 'DISPOSE'],
                      due: { from: 'dueAt' },
                    },
                  },
                  on: {
                    REPORT: {
                      target: '#disposition.open.work.reported',
                      actions: assign({
                        report: ({ event }) => reportOf(event.data, event),
                      }),
                    },
                  },
                },
              },
              on: {
                DISPOSE: {
                  target: 'dispatching',
                  guard: 'mayGoDeeper',
                  actions: assign({
                    pending: ({ event }) => pendingOf(event.data.lines, event),
                  }),
                },
              },
            },
            reported: {
              meta: {
                title: { id: 'Laporan menunggu persetujuan', en: 'Report waits for acceptance' },
                task: {
                  for: assignee.position('giver'),
                  title: { id: 'Periksa laporan', en: 'Review the report' },
                  events: ['ACCEPT', 'RETURN_REPORT'],
                  due: { days: 2 },
                },
              },
              on: {
                ACCEPT: {
                  target: 'settled',
                  actions: assign({
                    outcome: ({ context: { report }, event }) =>
                      outcomeOf('accepted', report?.text ?? event.data.note, event.at, report?.files),
                  }),
                },
                RETURN_REPORT: {
                  target: 'assigned.read',
                  actions: assign({
                    returned: ({ context, event }) => [
                      ...context.returned,
                      { reason: event.data.reason, at: event.at, by: nameOf(event.by) },
                    ],
                  }),
                },
              },
            },
            settled: { type: 'final' },
          },
        },
      },
    },
    ended: { type: 'final', meta: { title: { id: 'Selesai', en: 'Done' } } },
  },
  output: ({ context }) => context.outcome,
})

export default defineWorkflow({
  id: 'disposition',
  version: 1,
  title: { id: 'Disposisi', en: 'Disposition' },
  start,
  readers: [assignee.position('giver'), assignee.position('to')],
  events,
  eventTitles: {
    OPEN: { id: 'Buka', en: 'Open' },
    DISPOSE: { id: 'Disposisikan', en: 'Send on' },
    REPORT: { id: 'Kirim laporan', en: 'Send the report' },
    ACKNOWLEDGE: { id: 'Tandai sudah diketahui', en: 'Acknowledge' },
    SEND_BACK: { id: 'Kembalikan ke pemberi', en: 'Send back' },
    ACCEPT: { id: 'Terima laporan', en: 'Accept the report' },
    RETURN_REPORT: { id: 'Minta perbaikan', en: 'Ask for more' },
    RECALL: { id: 'Tarik disposisi', en: 'Recall' },
    RELEASE: { id: 'Bebaskan cabang', en: 'Release a branch' },
    REDRAW: { id: 'Gambar ulang lembar', en: 'Draw the sheet again' },
    WAIVE_SHEET: { id: 'Lanjutkan tanpa lembar', en: 'Go on without the sheet' },
  },
  refusals: {
    RECALL: [
      {
        code: 'disposition.already-read',
        when: ({ readAt }: Context) => readAt !== null,
        title: { id: 'Disposisi sudah dibuka penerima', en: 'The receiver has opened the disposition' },
      },
    ],
    REPORT: [
      {
        code: 'disposition.branch-open',
        when: ({ branches }: Context) => isAnyOpen(branches),
        title: { id: 'Masih ada cabang disposisi yang terbuka', en: 'A branch of the disposition is still open' },
      },
    ],
    ACKNOWLEDGE: [
      {
        code: 'disposition.needs-report',
        when: ({ line }: Context) => line.kind === 'action',
        title: { id: 'Disposisi ini meminta tindak lanjut dan laporan', en: 'This disposition asks for a report' },
      },
    ],
    DISPOSE: [
      {
        code: 'disposition.too-deep',
        when: ({ chain }: Context) => chain.length >= LEVELS_MAX,
        title: { id: 'Disposisi sudah terlalu panjang rantainya', en: 'The chain of dispositions is too long' },
      },
      {
        code: 'disposition.too-many-branches',
        when: ({ branches }: Context) => Object.keys(branches).length >= BRANCHES_MAX,
        title: { id: 'Cabang disposisi ini sudah terlalu banyak', en: 'This disposition has too many branches' },
      },
    ],
  },
  machine,
  summary: ({ letter, line, chain }: Context) => ({
    title: letter.subject,
    reference: letter.agenda,
    priority: { biasa: 1, segera: 5, 'sangat-segera': 9 }[letter.urgency],
    kind: line.kind,
    from: letter.sender,
    number: letter.letterNumber,
    urgency: letter.urgency,
    secrecy: letter.secrecy,
    receivedAt: letter.receivedAt,
    to: line.title,
    giver: chain.at(-1)?.giver.title ?? null,
    giverName: chain.at(-1)?.giver.name ?? null,
    instructions: line.instructions.join(', '),
    note: line.note,
    dueAt: line.dueAt,
  }),
  unit: 'unit',
})
