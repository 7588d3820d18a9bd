import { office, sheet } from '../workflows/letters.ts'

/** What an activity or a child answers in a walk; a new one needs an example here. */
export const exampleAnswers: Record<string, (random: () => number, input: never) => unknown> = {
  resolveUnit: () => office,
  assignAgendaNumber: () => ({ number: 1, year: 2026, text: '0001/2026' }),
  renderDocument: () => sheet,
  resolveRecipients: () => ({
    giver: { position: 'head', title: 'Kepala', name: 'K', nip: null, rank: null },
    lines: ['a', 'b'].map((to) => ({
      to,
      instructions: ['Proses'],
      note: null,
      dueAt: null,
      kind: 'action',
      title: to,
      unit: 'dinas',
    })),
  }),
  disposition: (random) => ({
    status: ['accepted', 'returned', 'recalled', 'acknowledged'][Math.floor(random() * 4)],
    note: null,
    at: '2026-11-24T01:00:00Z',
    files: [],
  }),
}

/** Roles that posts may have. */
export const knownRoles = ['registrar', 'verifier', 'head', 'secretary', 'admin']

/** Start data for a workflow that only another one starts. */
export const exampleStarts: Record<string, unknown> = {
  disposition: {
    letter: {
      id: 'i0',
      unit: 'dinas',
      sender: 'S',
      letterNumber: '1',
      letterDate: '2026-11-20',
      receivedAt: '2026-11-24T01:00:00Z',
      agenda: '0001/2026',
      subject: 'Hal',
      urgency: 'biasa',
      secrecy: 'biasa',
      files: [],
      office,
    },
    chain: [
      {
        giver: { position: 'head', title: 'Kepala', name: 'K', nip: null, rank: null },
        at: '2026-11-24T01:00:00Z',
        lines: [],
      },
    ],
    line: {
      to: 'first',
      instructions: ['Proses'],
      note: null,
      dueAt: null,
      kind: 'action',
      title: 'Kabid',
      unit: 'dinas',
    },
  },
}
