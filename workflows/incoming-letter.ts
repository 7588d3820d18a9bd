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
  stampOn,
  workflow,
  workingTime,
} from '../src/engine/index.ts'
import {
  type AddressedLine,
  type Agenda,
  BRANCHES_MAX,
  type Branches,
  childrenOf,
  classification,
  type DispositionLine,
  type DispositionOutcome,
  dispose,
  fileId,
  isAnyOpen,
  isBranchOpen,
  type LetterFacts,
  type Level,
  nameOf,
  note,
  type Office,
  type Pending,
  pendingOf,
  positionId,
  problemOf,
  type Recipients,
  type Registration,
  type RenderedSheet,
  type Resolved,
  reason,
  recipientsOf,
  registration,
  sheetRequest,
  withAnswered,
  withOpened,
  withReleased,
} from '../src/letters/index.ts'

/** Working time the head has to give a direction, by urgency; the start values of the office's own rule. */
const REVIEW = { biasa: { days: 1 }, segera: { hours: 4 }, 'sangat-segera': { hours: 2 } } as const

const start = z.object({
  unit: z.string().min(1).max(60),
  channel: z.enum(['counter', 'email', 'post', 'system']).default('counter'),
  receivedAt: z.iso.datetime({ offset: true }),
  files: z.array(fileId).max(20).default([]),
  /** Given by a clerk at the counter; a letter from elsewhere is registered later. */
  registration: registration.nullable().default(null),
})

const events = {
  REGISTER: registration,
  VERIFY: z.object({ note }),
  SEND_BACK: z.object({ reason }),
  CORRECT: registration,
  DISPOSE: dispose,
  FORWARD: z.object({ to: positionId, reason }),
  RETURN: z.object({ reason }),
  INFORM: z.object({ note }),
  RELEASE: z.object({ branch: z.string().min(1).max(40), reason }),
  CLOSE: z.object({ note }),
  FILE: z.object({ classification, note }),
  RETRY: z.object({}),
  REDRAW: z.object({}),
  WAIVE_SHEET: z.object({ reason }),
}

/** What somebody said when passing the letter on or back. */
interface Remark {
  kind: 'verified' | 'sent-back' | 'returned' | 'forwarded'
  text: string | null
  at: string
  by: string
}

interface Closing {
  kind: 'closed' | 'information'
  note: string | null
  at: string
  by: string
}

interface Context {
  id: string
  unit: string
  channel: 'counter' | 'email' | 'post' | 'system'
  receivedAt: string
  files: string[]
  registration: Registration | null
  office: Office | null
  agenda: Agenda | null
  /** Post that reviews: the unit's head, or whoever it was forwarded to. */
  reviewer: string
  reviewerTitle: string
  pending: Pending | null
  branches: Branches
  remarks: Remark[]
  reviewOverdueAt: string | null
  problem: string | null
  sheet: RenderedSheet | null
  closing: Closing | null
  classification: string | null
  filing: { note: string | null; at: string; by: string } | null
}

type Event = EventsOf<typeof events> | ChildDone<DispositionOutcome>

const remark = (kind: Remark['kind'], text: string | null, { at, by }: EventStamp): Remark => {
  return { kind, text, at, by: nameOf(by) }
}

const closingOf = (kind: Closing['kind'], text: string | null, { at, by }: EventStamp): Closing => {
  return { kind, note: text, at, by: nameOf(by) }
}

/** A forwarded letter looks its receiver up as a disposition does. */
const forwardLine = ({ to, reason: text }: { to: string; reason: string }): DispositionLine => {
  return { to, instructions: ['Diteruskan'], note: text, dueAt: null, kind: 'action' }
}

/** What every disposition below carries of the letter. */
function factsOf({ id, unit, receivedAt, files, registration: data, office, agenda }: Context): LetterFacts {
  return {
    id,
    unit,
    sender: data?.sender ?? '',
    letterNumber: data?.letterNumber ?? '',
    letterDate: data?.letterDate ?? '',
    receivedAt,
    agenda: agenda?.text ?? '',
    subject: data?.subject ?? '',
    urgency: data?.urgency ?? 'biasa',
    secrecy: data?.secrecy ?? 'biasa',
    files,
    office: office as Office,
  }
}

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as StartInput<z.output<typeof start>> },
  actors: {
    resolveUnit: activity<{ unit: string }, Office>(),
    assignAgendaNumber: activity<{ unit: string; at: string; zone: string }, Agenda>(),
    renderDocument: activity<ReturnType<typeof sheetRequest>, RenderedSheet>(),
    resolveRecipients: activity<Recipients, Resolved>(),
    disposition: workflow<{ letter: LetterFacts; chain: Level[]; line: AddressedLine }, DispositionOutcome>(
      'disposition',
    ),
  },
  delays: { reviewDue: workingTime(({ context }) => REVIEW[(context as Context).registration?.urgency ?? 'biasa']) },
  guards: {
    isRegistered: ({ context }) => context.registration !== null,
    branchesClosed: ({ context }) => !isAnyOpen(context.branches),
    hasRoom: ({ context, event }) =>
      event.type === 'DISPOSE' && Object.keys(context.branches).length + event.data.lines.length <= BRANCHES_MAX,
  },
}).createMachine({
  id: 'incoming-letter',
  context: ({ input: { id, data } }) => ({
    id,
    unit: data.unit,
    channel: data.channel,
    receivedAt: data.receivedAt,
    files: data.files,
    registration: data.registration,
    office: null,
    agenda: null,
    reviewer: '',
    reviewerTitle: '',
    pending: null,
    branches: {},
    remarks: [],
    reviewOverdueAt: null,
    problem: null,
    sheet: null,
    closing: null,
    classification: data.registration?.classification ?? null,
    filing: null,
  }),
  initial: 'receiving',
  states: {
    receiving: {
      meta: { title: { id: 'Diterima', en: 'Received' } },
      invoke: {
        id: 'office',
        src: 'resolveUnit',
        input: ({ context }) => ({ unit: context.unit }),
        onDone: {
          target: 'received',
          actions: assign({
            office: ({ event }) => event.output,
            reviewer: ({ event }) => event.output.headPosition,
            reviewerTitle: ({ event }) => event.output.headTitle,
            problem: null,
          }),
        },
        onError: { target: 'unplaced', actions: assign({ problem: ({ event }) => problemOf(event.error) }) },
      },
    },
    unplaced: {
      meta: {
        title: { id: 'Unit atau kepalanya tidak ditemukan', en: 'Unit or its head not found' },
        task: {
          for: assignee.role('registrar', 'unit'),
          title: { id: 'Coba lagi setelah data unit diperbaiki', en: 'Try again once the unit is in order' },
          events: ['RETRY'],
        },
      },
      on: { RETRY: { target: 'receiving' } },
    },
    received: {
      meta: {
        title: { id: 'Menunggu dicatat', en: 'Waiting to be registered' },
        task: {
          for: assignee.role('registrar', 'unit'),
          title: { id: 'Catat surat masuk', en: 'Register the letter' },
          events: ['REGISTER'],
          due: { hours: 2 },
        },
      },
      always: { target: 'numbering', guard: 'isRegistered' },
      on: {
        REGISTER: {
          target: 'numbering',
          actions: assign({
            registration: ({ event }) => event.data,
            classification: ({ event }) => event.data.classification,
          }),
        },
      },
    },
    numbering: {
      meta: { title: { id: 'Diberi nomor agenda', en: 'Being numbered' } },
      invoke: {
        id: 'agenda',
        src: 'assignAgendaNumber',
        input: ({ context }) => ({
          unit: context.unit,
          at: context.receivedAt,
          zone: context.office?.zone ?? 'Asia/Makassar',
        }),
        onDone: { target: 'verification', actions: assign({ agenda: ({ event }) => event.output, problem: null }) },
        onError: { target: 'unnumbered', actions: assign({ problem: ({ event }) => problemOf(event.error) }) },
      },
    },
    unnumbered: {
      meta: {
        title: { id: 'Nomor agenda belum didapat', en: 'No agenda number yet' },
        task: {
          for: assignee.role('registrar', 'unit'),
          title: { id: 'Minta nomor agenda lagi', en: 'Ask for the number again' },
          events: ['RETRY'],
        },
      },
      on: { RETRY: { target: 'numbering' } },
    },
    verification: {
      meta: {
        title: { id: 'Menunggu pemeriksaan', en: 'Waiting for verification' },
        task: {
          for: assignee.role('verifier', 'unit'),
          title: { id: 'Periksa catatan surat', en: 'Check the registration' },
          events: ['VERIFY', 'SEND_BACK'],
          due: { hours: 2 },
        },
      },
      on: {
        VERIFY: {
          target: 'handling',
          actions: assign({
            remarks: ({ context, event }) => [...context.remarks, remark('verified', event.data.note, event)],
          }),
        },
        SEND_BACK: {
          target: 'correction',
          actions: assign({
            remarks: ({ context, event }) => [...context.remarks, remark('sent-back', event.data.reason, event)],
          }),
        },
      },
    },
    correction: {
      meta: {
        title: { id: 'Dikembalikan untuk diperbaiki', en: 'Returned for correction' },
        task: {
          for: assignee.role('registrar', 'unit'),
          title: { id: 'Perbaiki catatan surat', en: 'Correct the registration' },
          events: ['CORRECT'],
          due: { hours: 2 },
        },
      },
      on: {
        CORRECT: {
          target: 'verification',
          actions: assign({
            registration: ({ event }) => event.data,
            classification: ({ event }) => event.data.classification,
          }),
        },
      },
    },
    handling: {
      type: 'parallel',
      onDone: { target: 'filing' },
      on: {
        'child.done': {
          actions: assign({
            branches: ({ context, event }) => withAnswered(context.branches, event),
          }),
        },
      },
      states: {
        sheet: {
          initial: 'drawing',
          states: {
            drawing: {
              meta: { title: { id: 'Lembar sedang digambar', en: 'Sheet is being drawn' } },
              invoke: {
                id: 'sheet',
                src: 'renderDocument',
                input: ({ context }) => sheetRequest(factsOf(context), [], null),
                onDone: { target: 'drawn', actions: assign({ sheet: ({ event }) => event.output }) },
                onError: { target: 'failed' },
              },
            },
            drawn: { type: 'final' },
            failed: {
              meta: {
                title: { id: 'Lembar gagal digambar', en: 'Sheet could not be drawn' },
                task: {
                  for: assignee.role('registrar', 'unit'),
                  title: { id: 'Lembar disposisi gagal digambar', en: 'The sheet could not be drawn' },
                  events: ['REDRAW', 'WAIVE_SHEET'],
                },
              },
              on: { REDRAW: { target: 'drawing' }, WAIVE_SHEET: { target: 'drawn' } },
            },
          },
        },
        desk: {
          initial: 'review',
          states: {
            review: {
              meta: {
                title: { id: 'Menunggu arahan pimpinan', en: 'Waiting for direction' },
                task: {
                  for: assignee.position('reviewer'),
                  title: { id: 'Beri arahan', en: 'Give direction' },
                  events: ['DISPOSE', 'INFORM', 'FORWARD', 'RETURN'],
                  due: { delay: 'reviewDue' },
                },
              },
              after: {
                reviewDue: {
                  actions: assign({ reviewOverdueAt: ({ event }) => stampOn(event).at }),
                },
              },
              on: {
                INFORM: {
                  target: 'settled',
                  actions: assign({
                    closing: ({ event }) => closingOf('information', event.data.note, event),
                  }),
                },
                FORWARD: {
                  target: 'forwarding',
                  actions: assign({
                    pending: ({ event }) => pendingOf([forwardLine(event.data)], event),
                    remarks: ({ context, event }) => [
                      ...context.remarks,
                      remark('forwarded', event.data.reason, event),
                    ],
                  }),
                },
                RETURN: {
                  target: '#incoming-letter.correction',
                  actions: assign({
                    remarks: ({ context, event }) => [...context.remarks, remark('returned', event.data.reason, event)],
                  }),
                },
              },
            },
            forwarding: {
              meta: { title: { id: 'Sedang diteruskan', en: 'Being forwarded' } },
              invoke: {
                id: 'forwardee',
                src: 'resolveRecipients',
                input: ({ context }) => recipientsOf(context.pending),
                onDone: {
                  target: 'review',
                  actions: assign({
                    problem: null,
                    reviewer: ({ context, event }) => event.output.lines[0]?.to ?? context.reviewer,
                    reviewerTitle: ({ context, event }) => event.output.lines[0]?.title ?? context.reviewerTitle,
                  }),
                },
                onError: {
                  target: 'review',
                  actions: assign({ problem: ({ event }) => problemOf(event.error) }),
                },
              },
            },
            dispatching: {
              meta: { title: { id: 'Disposisi sedang dikirim', en: 'Dispositions are being sent' } },
              invoke: {
                id: 'recipients',
                src: 'resolveRecipients',
                input: ({ context }) => recipientsOf(context.pending),
                onDone: {
                  target: 'disposed',
                  actions: [
                    assign({
                      problem: null,
                      branches: ({ context, event }) => withOpened(context.branches, event, context.pending),
                    }),
                    enqueueActions(({ enqueue, context, event }) => {
                      for (const { id, chain, line } of childrenOf(event, context.pending, []))
                        enqueue.spawnChild('disposition', { id, input: { letter: factsOf(context), chain, line } })
                    }),
                  ],
                },
                onError: [
                  {
                    target: 'review',
                    guard: ({ context }) => Object.keys(context.branches).length === 0,
                    actions: assign({ problem: ({ event }) => problemOf(event.error) }),
                  },
                  {
                    target: 'disposed',
                    actions: assign({ problem: ({ event }) => problemOf(event.error) }),
                  },
                ],
              },
            },
            disposed: {
              initial: 'awaiting',
              states: {
                awaiting: {
                  meta: {
                    title: { id: 'Menunggu tindak lanjut', en: 'Waiting for follow-up' },
                    may: {
                      DISPOSE: assignee.position('reviewer'),
                      RELEASE: assignee.position('reviewer'),
                      CLOSE: assignee.position('reviewer'),
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
                    title: { id: 'Siap ditutup', en: 'Ready to close' },
                    task: {
                      for: assignee.position('reviewer'),
                      title: { id: 'Tutup surat', en: 'Close the letter' },
                      events: ['CLOSE', 'DISPOSE'],
                      due: { days: 1 },
                    },
                  },
                  on: {
                    CLOSE: {
                      target: '#incoming-letter.handling.desk.settled',
                      guard: 'branchesClosed',
                      actions: assign({
                        closing: ({ event }) => closingOf('closed', event.data.note, event),
                      }),
                    },
                  },
                },
              },
            },
            settled: { type: 'final' },
          },
          on: {
            DISPOSE: {
              target: '.dispatching',
              guard: 'hasRoom',
              actions: assign({
                pending: ({ event }) => pendingOf(event.data.lines, event),
              }),
            },
          },
        },
      },
    },
    filing: {
      meta: {
        title: { id: 'Menunggu diarsipkan', en: 'Waiting to be filed' },
        task: {
          for: assignee.role('registrar', 'unit'),
          title: { id: 'Arsipkan surat', en: 'File the letter' },
          events: ['FILE'],
          due: { days: 1 },
        },
      },
      on: {
        FILE: {
          target: 'filed',
          actions: assign({
            classification: ({ event }) => event.data.classification,
            filing: ({ event }) => ({ note: event.data.note, at: event.at, by: nameOf(event.by) }),
          }),
        },
      },
    },
    filed: { type: 'final', meta: { title: { id: 'Selesai dan diarsipkan', en: 'Closed and filed' } } },
  },
  output: ({ context }) => ({
    agenda: context.agenda?.text ?? null,
    classification: context.classification,
    closing: context.closing,
    filing: context.filing,
  }),
})

export default defineWorkflow({
  id: 'incoming-letter',
  version: 1,
  title: { id: 'Surat masuk', en: 'Incoming letter' },
  start,
  starters: [assignee.role('registrar', 'unit')],
  readers: [
    assignee.role('registrar', 'unit'),
    assignee.role('verifier', 'unit'),
    assignee.role('head', 'unit'),
    assignee.role('admin'),
  ],
  events,
  eventTitles: {
    REGISTER: { id: 'Catat surat', en: 'Register' },
    VERIFY: { id: 'Teruskan ke pimpinan', en: 'Put up to the head' },
    SEND_BACK: { id: 'Kembalikan ke pencatat', en: 'Send back' },
    CORRECT: { id: 'Simpan perbaikan', en: 'Save the correction' },
    DISPOSE: { id: 'Kirim disposisi', en: 'Send the disposition' },
    FORWARD: { id: 'Teruskan ke pejabat lain', en: 'Forward' },
    RETURN: { id: 'Kembalikan ke pencatat', en: 'Return to the registrar' },
    INFORM: { id: 'Cukup diketahui', en: 'For information only' },
    RELEASE: { id: 'Bebaskan cabang', en: 'Release a branch' },
    CLOSE: { id: 'Tutup surat', en: 'Close the letter' },
    FILE: { id: 'Arsipkan', en: 'File' },
    RETRY: { id: 'Coba lagi', en: 'Try again' },
    REDRAW: { id: 'Gambar ulang lembar', en: 'Draw the sheet again' },
    WAIVE_SHEET: { id: 'Lanjutkan tanpa lembar', en: 'Go on without the sheet' },
  },
  refusals: {
    DISPOSE: [
      {
        code: 'incoming-letter.too-many-branches',
        when: ({ branches }: Context) => Object.keys(branches).length >= BRANCHES_MAX,
        title: { id: 'Cabang disposisi surat ini sudah terlalu banyak', en: 'This letter has too many branches' },
      },
    ],
    CLOSE: [
      {
        code: 'incoming-letter.branch-open',
        when: ({ branches }: Context) => isAnyOpen(branches),
        title: { id: 'Masih ada cabang disposisi yang terbuka', en: 'A branch of the disposition is still open' },
      },
    ],
  },
  machine,
  summary: ({ registration: data, agenda, receivedAt, channel, reviewerTitle }: Context) => ({
    title: data?.subject ?? 'Surat belum dicatat',
    reference: agenda?.text ?? null,
    priority: { biasa: 1, segera: 5, 'sangat-segera': 9 }[data?.urgency ?? 'biasa'],
    kind: 'letter',
    channel,
    from: data?.sender ?? null,
    number: data?.letterNumber ?? null,
    date: data?.letterDate ?? null,
    urgency: data?.urgency ?? 'biasa',
    secrecy: data?.secrecy ?? 'biasa',
    attachments: data?.attachments ?? null,
    receivedAt,
    reviewer: reviewerTitle,
  }),
  unit: 'unit',
})
