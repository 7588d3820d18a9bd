import { assign, enqueueActions, setup, stopChild } from 'xstate'
import { z } from 'zod'
import {
  activity,
  assignee,
  type ChildDone,
  defineWorkflow,
  type EventsOf,
  type StartInput,
  workflow,
} from '../src/engine/index.ts'
import {
  type AddressedLine,
  addressedLine,
  BRANCHES_MAX,
  type Branches,
  type DispositionLine,
  type DispositionOutcome,
  dispose,
  fileId,
  type Giver,
  type Level,
  letterFacts,
  level,
  note,
  type Recipients,
  type RenderedSheet,
  reason,
  sheetRequest,
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
  pending: { lines: DispositionLine[]; giver: Recipients['giver']; at: string } | null
  branches: Branches
  report: Report | null
  returned: { reason: string; at: string; by: string }[]
  problem: string | null
  sheet: RenderedSheet | null
  outcome: DispositionOutcome | null
}

type Event = EventsOf<typeof events> | ChildDone<DispositionOutcome>

/** What an activity's error says; total, whatever came. */
const problemOf = (error: unknown): string =>
  String((error as { message?: unknown } | null)?.message ?? 'unknown').slice(0, 500)

const isOpen = (branches: Branches) => Object.values(branches).some(({ status }) => status === 'open')

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as StartInput<z.output<typeof start>> },
  actors: {
    renderDocument: activity<ReturnType<typeof sheetRequest>, RenderedSheet>(),
    resolveRecipients: activity<Recipients, { giver: Giver; lines: AddressedLine[] }>(),
    disposition: workflow<z.input<typeof start>, DispositionOutcome>('disposition'),
  },
  guards: {
    branchesClosed: ({ context }) => !isOpen(context.branches),
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
                branches: ({ context: { branches }, event }) => {
                  const branch = branches[event.id]
                  if (!branch) return branches
                  const { status, note, at } = event.output
                  return { ...branches, [event.id]: { ...branch, status, note, at } }
                },
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
                        outcome: ({ event }) => ({
                          status: 'recalled' as const,
                          note: event.data.reason,
                          at: event.at,
                          files: [],
                        }),
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
                    pending: ({ event }) => ({
                      lines: event.data.lines,
                      at: event.at,
                      giver: {
                        position: event.by?.position ?? '',
                        person: event.by?.person ?? '',
                        title: event.by?.title ?? '',
                        name: event.by?.name ?? '',
                      },
                    }),
                  }),
                },
                REPORT: {
                  target: 'reported',
                  actions: assign({
                    readAt: ({ context, event }) => context.readAt ?? event.at,
                    report: ({ event }) => ({
                      text: event.data.text,
                      files: event.data.files,
                      at: event.at,
                      by: event.by?.name ?? '',
                    }),
                  }),
                },
                ACKNOWLEDGE: {
                  target: 'settled',
                  guard: 'forInformation',
                  actions: assign({
                    outcome: ({ event }) => ({
                      status: 'acknowledged' as const,
                      note: event.data.note,
                      at: event.at,
                      files: [],
                    }),
                  }),
                },
                SEND_BACK: {
                  target: 'settled',
                  actions: assign({
                    outcome: ({ event }) => ({
                      status: 'returned' as const,
                      note: event.data.reason,
                      at: event.at,
                      files: [],
                    }),
                  }),
                },
              },
            },
            dispatching: {
              meta: { title: { id: 'Disposisi sedang dikirim', en: 'Being sent on' } },
              invoke: {
                id: 'recipients',
                src: 'resolveRecipients',
                input: ({ context }) => ({
                  lines: context.pending?.lines ?? [],
                  giver: context.pending?.giver ?? { position: '', person: '', title: '', name: '' },
                }),
                onDone: {
                  target: 'delegated',
                  actions: [
                    assign({
                      problem: null,
                      branches: ({ context, event }) => ({
                        ...context.branches,
                        ...Object.fromEntries(
                          event.output.lines.map((line, index) => [
                            `${(event as unknown as { ref: string }).ref}-${index}`,
                            {
                              to: line.to,
                              title: line.title,
                              status: 'open' as const,
                              at: context.pending?.at ?? '',
                              note: null,
                            },
                          ]),
                        ),
                      }),
                    }),
                    enqueueActions(({ enqueue, context, event }) => {
                      const { giver, lines } = event.output
                      const chain = [...context.chain, { giver, at: context.pending?.at ?? '', lines }]
                      for (const [index, line] of lines.entries())
                        enqueue.spawnChild('disposition', {
                          id: `${(event as unknown as { ref: string }).ref}-${index}`,
                          input: { letter: context.letter, chain, line },
                        })
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
                      guard: ({ context, event }) => context.branches[event.data.branch]?.status === 'open',
                      actions: [
                        stopChild(({ event }) => event.data.branch),
                        assign({
                          branches: ({ context: { branches }, event }) => {
                            const branch = branches[event.data.branch]
                            if (!branch) return branches
                            const released = {
                              ...branch,
                              status: 'released' as const,
                              note: event.data.reason,
                              at: event.at,
                            }
                            return { ...branches, [event.data.branch]: released }
                          },
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
                        report: ({ event }) => ({
                          text: event.data.text,
                          files: event.data.files,
                          at: event.at,
                          by: event.by?.name ?? '',
                        }),
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
                    pending: ({ event }) => ({
                      lines: event.data.lines,
                      at: event.at,
                      giver: {
                        position: event.by?.position ?? '',
                        person: event.by?.person ?? '',
                        title: event.by?.title ?? '',
                        name: event.by?.name ?? '',
                      },
                    }),
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
                    outcome: ({ context, event }) => ({
                      status: 'accepted' as const,
                      note: context.report?.text ?? event.data.note,
                      at: event.at,
                      files: context.report?.files ?? [],
                    }),
                  }),
                },
                RETURN_REPORT: {
                  target: 'assigned.read',
                  actions: assign({
                    returned: ({ context, event }) => [
                      ...context.returned,
                      { reason: event.data.reason, at: event.at, by: event.by?.name ?? '' },
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
        when: ({ branches }: Context) => isOpen(branches),
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
