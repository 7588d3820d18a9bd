import disposition from '../../workflows/disposition.ts'
import incomingLetter from '../../workflows/incoming-letter.ts'
import { acting, Walk } from './walk.ts'

export const office = {
  id: 'dinas',
  name: 'Dinas Kearsipan',
  parentName: 'PEMERINTAH PROVINSI NUSA TIRTA',
  address: 'Jalan Muara Raya 5',
  code: 'DK',
  zone: 'Asia/Makassar',
  headPosition: 'head',
  headTitle: 'Kepala Dinas Kearsipan',
  pages: 'http://127.0.0.1:3000/instances/',
}

export const registration = {
  sender: 'Biro Organisasi',
  letterNumber: '000.8.3/1182/B.Org',
  letterDate: '2026-11-20',
  subject: 'Undangan rapat evaluasi',
  urgency: 'segera',
  attachments: '1 berkas',
}

export const sheet = { documentId: 'd1', fileId: 'f9', sha256: 'ab', version: 1, pages: 1 }

export const line = (to: string, more: object = {}) => ({
  to,
  instructions: ['Proses lebih lanjut'],
  note: null,
  dueAt: null,
  ...more,
})

const addressed = (to: string, more: object = {}) => ({
  kind: 'action',
  ...line(to, more),
  title: `Jabatan ${to}`,
  unit: 'dinas',
})

/** What `resolveRecipients` answers. */
export const recipients = (from: string, ...lines: [to: string, more?: object][]) => ({
  giver: { position: from, title: `Jabatan ${from}`, name: `Pejabat ${from}`, nip: '197001012000031001', rank: null },
  lines: lines.map(([to, more]) => addressed(to, more)),
})

const start = { unit: 'dinas', channel: 'counter', receivedAt: '2026-11-24T09:00:00+08:00', files: ['f1'] }

/** A letter on its way, as far as the head's desk. */
export function letterAtReview(): Walk {
  return new Walk(incomingLetter, { ...start, registration }, acting('registrar'))
    .answer('office', office)
    .answer('agenda', { number: 417, year: 2026, text: '0417/2026' })
    .send('VERIFY', {}, acting('verifier'))
}

export const receivedLetter = (): Walk => new Walk(incomingLetter, start, acting('registrar')).answer('office', office)

/** A letter whose head has given it to `first` and `second`. */
export function disposedLetter(): { walk: Walk; branches: string[] } {
  const walk = letterAtReview()
    .answer('sheet', sheet)
    .send('DISPOSE', { lines: [line('first'), line('second')] })
    .answer('recipients', recipients('head', ['first'], ['second']))
  return { walk, branches: Object.keys(walk.context.branches ?? {}) }
}

/** The disposition that the letter made for `first`, played as a workflow of its own. */
export function dispositionFor(more: object = {}): Walk {
  const walk = letterAtReview()
    .send('DISPOSE', { lines: [line('first', more), line('second')] })
    .answer('recipients', recipients('head', ['first', more], ['second']))
  const child = [...walk.asked.values()].find(({ src }) => src === 'disposition')
  return new Walk(disposition, child?.input)
}
