import type {
  AgendaRow,
  BookedLetterView,
  Chrome,
  DispositionForm,
  DocumentView,
  EventForm,
  Field,
  HistoryEntry,
  HolderNode,
  LetterHead,
  LetterModel,
  LetterRow,
  Models,
  RefusalView,
  RegisterModel,
  StepTiming,
  TrayItem,
} from '../../src/http/index.ts'
import type { Branch, Journey, Stretch } from '../../src/timing/index.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** `Sen 23 Nov 2026`, clock in WITA. */
const at = (day: number, clock: string): Date => new Date(`2026-11-${String(day).padStart(2, '0')}T${clock}:00+08:00`)
const both = (id: string, en: string) => ({ id, en })

export const now = at(23, '14:32')

export const chrome: Chrome = {
  language: 'id',
  trial: true,
  csrf: 'csrf-of-the-test',
  path: '/',
  current: null,
  zone: 'Asia/Makassar',
  assets: '/assets/test',
  now,
  person: {
    name: 'Ratna Dewi Kusuma',
    posts: [
      { title: 'Kepala Dinas Komunikasi dan Informatika', unit: 'Dinas Kominfo' },
      { title: 'Plh. Asisten Administrasi Umum', unit: 'Sekretariat Daerah' },
    ],
  },
  nav: [
    { key: 'tray', href: '/', count: 7 },
    { key: 'register', href: '/letters/new', count: null },
    { key: 'letters', href: '/letters', count: null },
    { key: 'agenda', href: '/agenda', count: null },
    { key: 'timing', href: '/timing', count: null },
  ],
  notice: null,
}

let stretches = 0
function stretch(part: Partial<Stretch> & Pick<Stretch, 'from' | 'to' | 'workingMs'>): Stretch {
  stretches += 1
  const end = part.to ?? now
  return {
    id: `s${stretches}`,
    title: both('Arahan', 'Direction'),
    holder: null,
    for: [],
    kind: 'waiting',
    wallMs: end.getTime() - part.from.getTime(),
    allowedWorkingMs: null,
    late: false,
    ...part,
  }
}

const branch = (part: Partial<Branch> & Pick<Branch, 'instance' | 'forkedAt' | 'stretches'>): Branch => ({
  parent: null,
  title: part.holder ?? 'Surat masuk',
  holder: null,
  joinedAt: null,
  open: part.joinedAt === undefined || part.joinedAt === null,
  ...part,
})

const registering = both('Mencatat', 'Registering')
const checking = both('Memeriksa', 'Checking')
const directing = both('Memberi arahan', 'Giving direction')
const following = both('Menindaklanjuti', 'Following up')

const rootStretches = [
  stretch({
    title: registering,
    holder: 'Pencatat surat',
    kind: 'acting',
    from: at(23, '08:12'),
    to: at(23, '08:24'),
    workingMs: 12 * MINUTE,
  }),
  stretch({
    title: both('Menyiapkan lembar disposisi', 'Drawing the sheet'),
    kind: 'machine',
    from: at(23, '08:24'),
    to: at(23, '08:25'),
    workingMs: MINUTE,
  }),
  stretch({
    title: checking,
    holder: 'Kepala Tata Usaha',
    from: at(23, '08:25'),
    to: at(23, '08:50'),
    workingMs: 25 * MINUTE,
  }),
  stretch({
    title: checking,
    holder: 'Kepala Tata Usaha',
    kind: 'acting',
    from: at(23, '08:50'),
    to: at(23, '08:58'),
    workingMs: 8 * MINUTE,
  }),
  stretch({
    title: directing,
    holder: 'Kepala Dinas',
    from: at(23, '08:58'),
    to: at(23, '10:40'),
    workingMs: 102 * MINUTE,
  }),
  stretch({
    title: directing,
    holder: 'Kepala Dinas',
    kind: 'acting',
    from: at(23, '10:40'),
    to: at(23, '10:48'),
    workingMs: 8 * MINUTE,
  }),
]

export const journey: Journey = {
  branches: [
    branch({ instance: 'root', forkedAt: at(23, '08:12'), stretches: rootStretches, open: true }),
    branch({
      instance: 'aptika',
      parent: 'root',
      holder: 'Kepala Bidang Aptika',
      forkedAt: at(23, '10:48'),
      stretches: [
        stretch({
          title: following,
          holder: 'Kepala Bidang Aptika',
          from: at(23, '10:48'),
          to: null,
          workingMs: 164 * MINUTE,
          allowedWorkingMs: 120 * MINUTE,
          late: true,
        }),
      ],
    }),
    branch({
      instance: 'sekretaris',
      parent: 'root',
      holder: 'Sekretaris Dinas',
      forkedAt: at(23, '10:48'),
      stretches: [
        stretch({
          title: following,
          holder: 'Sekretaris Dinas',
          from: at(23, '10:48'),
          to: at(23, '11:20'),
          workingMs: 32 * MINUTE,
        }),
        stretch({
          title: following,
          holder: 'Sekretaris Dinas',
          kind: 'acting',
          from: at(23, '11:20'),
          to: at(23, '13:10'),
          workingMs: 50 * MINUTE,
          allowedWorkingMs: 7.5 * HOUR,
        }),
      ],
      open: true,
    }),
    branch({
      instance: 'umum',
      parent: 'sekretaris',
      holder: 'Kepala Subbagian Umum',
      forkedAt: at(23, '13:10'),
      stretches: [
        stretch({
          title: following,
          holder: 'Kepala Subbagian Umum',
          from: at(23, '13:10'),
          to: at(23, '13:30'),
          workingMs: 20 * MINUTE,
        }),
        stretch({
          title: following,
          holder: 'Kepala Subbagian Umum',
          kind: 'acting',
          from: at(23, '13:30'),
          to: null,
          workingMs: 62 * MINUTE,
          allowedWorkingMs: 4 * HOUR,
        }),
      ],
    }),
    branch({
      instance: 'statistik',
      parent: 'root',
      holder: 'Kepala Bidang Statistik',
      forkedAt: at(23, '10:48'),
      joinedAt: at(23, '13:40'),
      stretches: [
        stretch({
          title: following,
          holder: 'Kepala Bidang Statistik',
          from: at(23, '10:48'),
          to: at(23, '11:05'),
          workingMs: 17 * MINUTE,
        }),
        stretch({
          title: following,
          holder: 'Kepala Bidang Statistik',
          kind: 'acting',
          from: at(23, '11:05'),
          to: at(23, '13:40'),
          workingMs: 95 * MINUTE,
        }),
      ],
      open: false,
    }),
  ],
  now,
  wallMs: 380 * MINUTE,
  workingMs: 320 * MINUTE,
  remaining: { lowMs: 4 * HOUR, highMs: 7 * HOUR, cases: 41 },
}

/** Closed, back to one stream. */
export const closedJourney: Journey = {
  branches: [
    branch({
      instance: 'root',
      forkedAt: at(16, '08:05'),
      joinedAt: at(18, '15:20'),
      open: false,
      stretches: [
        stretch({
          holder: 'Pencatat surat',
          title: registering,
          kind: 'acting',
          from: at(16, '08:05'),
          to: at(16, '08:14'),
          workingMs: 9 * MINUTE,
        }),
        stretch({
          holder: 'Kepala Dinas',
          title: directing,
          from: at(16, '08:14'),
          to: at(16, '13:40'),
          workingMs: 266 * MINUTE,
        }),
        stretch({
          holder: 'Kepala Dinas',
          title: directing,
          kind: 'acting',
          from: at(16, '13:40'),
          to: at(16, '13:52'),
          workingMs: 12 * MINUTE,
        }),
        stretch({
          holder: 'Kepala Dinas',
          title: both('Menutup', 'Closing'),
          kind: 'acting',
          from: at(18, '14:50'),
          to: at(18, '15:20'),
          workingMs: 30 * MINUTE,
        }),
      ],
    }),
    branch({
      instance: 'a',
      parent: 'root',
      holder: 'Kepala Bidang Aptika',
      forkedAt: at(16, '13:52'),
      joinedAt: at(18, '14:50'),
      open: false,
      stretches: [
        stretch({
          holder: 'Kepala Bidang Aptika',
          title: following,
          from: at(16, '13:52'),
          to: at(17, '09:10'),
          workingMs: 228 * MINUTE,
        }),
        stretch({
          holder: 'Kepala Bidang Aptika',
          title: following,
          kind: 'acting',
          from: at(17, '09:10'),
          to: at(18, '14:50'),
          workingMs: 12.5 * HOUR,
          allowedWorkingMs: 10 * HOUR,
          late: true,
        }),
      ],
    }),
  ],
  now: at(18, '15:20'),
  wallMs: 55 * HOUR,
  workingMs: 21 * HOUR,
  remaining: null,
}

const holder = (part: Partial<HolderNode> & Pick<HolderNode, 'instance' | 'post'>): HolderNode => ({
  person: null,
  state: 'seen',
  stage: null,
  task: null,
  note: null,
  since: at(23, '10:48'),
  until: null,
  now: part.state === 'done' ? [] : [part.post],
  usedMs: 30 * MINUTE,
  allowedMs: null,
  dueAt: null,
  late: false,
  children: [],
  ...part,
})

export const holders: HolderNode[] = [
  holder({
    instance: 'root',
    post: 'Kepala Dinas',
    person: 'Ratna Dewi Kusuma',
    state: 'done',
    since: at(23, '08:58'),
    until: at(23, '10:48'),
    usedMs: 110 * MINUTE,
    allowedMs: 4 * HOUR,
    children: [
      holder({
        instance: 'aptika',
        post: 'Kepala Bidang Aptika',
        person: 'Yusran Halim',
        state: 'unseen',
        task: 'Tindak lanjuti, laporkan',
        note: 'Koordinasikan dengan Biro Organisasi, data triwulan III dipakai sebagai pembanding.',
        usedMs: 164 * MINUTE,
        allowedMs: 2 * HOUR,
        late: true,
        dueAt: at(23, '13:48'),
      }),
      holder({
        instance: 'sekretaris',
        post: 'Sekretaris Dinas',
        person: 'Plh. Ahmad Fauzi',
        task: 'Siapkan bahan',
        usedMs: 82 * MINUTE,
        allowedMs: 7.5 * HOUR,
        dueAt: at(24, '16:00'),
        children: [
          holder({
            instance: 'umum',
            post: 'Kepala Subbagian Umum',
            person: 'Siti Maimunah',
            task: 'Kumpulkan data kepegawaian',
            since: at(23, '13:10'),
            usedMs: 82 * MINUTE,
            allowedMs: 4 * HOUR,
            dueAt: at(24, '10:00'),
          }),
        ],
      }),
      holder({
        instance: 'statistik',
        post: 'Kepala Bidang Statistik',
        person: 'Hendra Saputra',
        state: 'done',
        task: 'Untuk diketahui',
        until: at(23, '13:40'),
        usedMs: 112 * MINUTE,
        allowedMs: 7.5 * HOUR,
      }),
    ],
  }),
]

const head: LetterHead = {
  workflow: both('Surat masuk', 'Incoming letter'),
  subject: 'Permintaan data dukung evaluasi pemerintah digital triwulan IV',
  agenda: '0417/2026',
  sender: 'Biro Organisasi',
  number: '000.8.3/1182/B.Org',
  date: '2026-11-20',
  receivedAt: at(23, '08:12'),
  urgency: 'segera',
  secrecy: 'biasa',
  attachments: '2 berkas',
}

const entry = (part: Partial<HistoryEntry> & Pick<HistoryEntry, 'id' | 'at' | 'what'>): HistoryEntry => ({
  kind: 'event',
  who: 'Ratna Dewi Kusuma',
  post: 'Kepala Dinas',
  branch: null,
  note: null,
  workingMs: 0,
  wallMs: 0,
  ...part,
})

const history: HistoryEntry[] = [
  entry({
    id: '1',
    at: at(23, '08:12'),
    what: both('Surat dicatat', 'Letter registered'),
    who: 'Nur Aini',
    post: 'Pencatat surat',
  }),
  entry({
    id: '2',
    at: at(23, '08:25'),
    what: both('Lembar disposisi dibuat', 'Disposition sheet drawn'),
    who: null,
    post: null,
    workingMs: MINUTE,
  }),
  entry({
    id: '3',
    at: at(23, '08:58'),
    what: both('Diperiksa', 'Checked'),
    who: 'Lukman Hakim',
    post: 'Kepala Tata Usaha',
    workingMs: 33 * MINUTE,
  }),
  entry({
    id: '4',
    at: at(23, '10:48'),
    what: both('Disposisi dikirim', 'Disposition sent'),
    workingMs: 110 * MINUTE,
    note: 'Koordinasikan dengan Biro Organisasi.',
  }),
  entry({
    id: '5',
    at: at(23, '13:40'),
    what: both('Dilaporkan', 'Reported'),
    who: 'Hendra Saputra',
    post: 'Kepala Bidang Statistik',
    branch: 'Kepala Bidang Statistik',
    workingMs: 112 * MINUTE,
    note: 'Data sudah dikirim lewat portal.',
  }),
]

/** A page of a fictitious letter as a picture that needs no server. */
const sheet = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><rect width="210" height="297" fill="#fff"/><g font-family="serif" font-size="5.4" fill="#222"><g text-anchor="middle" font-weight="bold" font-size="6.4"><text x="105" y="24">PEMERINTAH PROVINSI REKAAN</text><text x="105" y="32">SEKRETARIAT DAERAH</text></g><path d="M20 38H190" stroke="#222" stroke-width="1.2"/><path d="M20 39.6H190" stroke="#222" stroke-width=".4"/><text x="24" y="54">Nomor : 000.8.3/1182/B.Org</text><text x="24" y="62">Sifat : Segera</text><text x="24" y="70">Hal : Permintaan data dukung</text><text x="24" y="88">Yth. Kepala Dinas Komunikasi dan Informatika</text><text x="24" y="96">di Tempat</text><text x="24" y="114">Menindaklanjuti rapat koordinasi, bersama ini kami mohon data</text><text x="24" y="122">dukung indikator disampaikan paling lambat 30 November.</text></g></svg>',
)}`

const document = (part: Partial<DocumentView> & Pick<DocumentView, 'id' | 'kind' | 'name'>): DocumentView => ({
  href: `/files/${part.id}`,
  mediaType: 'application/pdf',
  bytes: 412_000,
  pages: [],
  pageCount: 1,
  addedAt: at(23, '08:12'),
  version: 1,
  ...part,
})

const scan = document({
  id: 'scan',
  kind: 'letter',
  name: 'Surat 1182 Biro Organisasi.pdf',
  pages: [{ src: sheet, width: 960, height: 1358 }],
  pageCount: 3,
})

const documents: DocumentView[] = [
  scan,
  document({
    id: 'annex',
    kind: 'attachment',
    name: 'Lampiran daftar indikator.docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    bytes: 88_000,
  }),
  document({
    id: 'sheet-2',
    kind: 'sheet',
    name: 'Lembar disposisi 0417',
    bytes: 61_000,
    version: 2,
    addedAt: at(23, '10:49'),
  }),
  document({
    id: 'sheet-1',
    kind: 'sheet',
    name: 'Lembar disposisi 0417',
    bytes: 58_000,
    version: 1,
    addedAt: at(23, '08:25'),
  }),
]

const field = (part: Partial<Field> & Pick<Field, 'name' | 'control'>): Field => ({
  title: null,
  required: true,
  options: [],
  maxLength: null,
  values: [],
  error: null,
  ...part,
})

const option = (value: string, id: string, en = id, hint: string | null = null) => ({
  value,
  label: both(id, en),
  hint,
})

const eventForm = (part: Partial<EventForm> & Pick<EventForm, 'type' | 'title'>): EventForm => ({
  tone: 'plain',
  action: `/instances/root/events/${part.type}`,
  key: 'k1',
  revision: 4,
  fields: [],
  blocked: null,
  ...part,
})

const reason = field({ name: 'reason', control: 'textarea', maxLength: 500 })

export const disposition: DispositionForm = {
  type: 'DISPOSE',
  title: both('Kirim disposisi', 'Send disposition'),
  tone: 'main',
  action: '/instances/root/events/DISPOSE',
  key: 'k2',
  revision: 4,
  blocked: null,
  suggested: [
    { id: 'sekretaris', title: 'Sekretaris Dinas', holder: 'Plh. Ahmad Fauzi', unit: 'Dinas Kominfo' },
    { id: 'aptika', title: 'Kabid Aptika', holder: 'Yusran Halim', unit: 'Dinas Kominfo' },
    { id: 'statistik', title: 'Kabid Statistik', holder: 'Hendra Saputra', unit: 'Dinas Kominfo' },
    { id: 'ikp', title: 'Kabid IKP', holder: null, unit: 'Dinas Kominfo' },
  ],
  others: [
    { id: 'umum', title: 'Kasubbag Umum', holder: 'Siti Maimunah', unit: 'Dinas Kominfo' },
    { id: 'tim', title: 'Ketua Tim Layanan', holder: 'Bayu Pratama', unit: 'Dinas Kominfo' },
  ],
  instructions: [
    option('follow-up', 'Proses lebih lanjut', 'Process further'),
    option('advise', 'Tanggapan dan saran', 'Comment and advise'),
    option('prepare', 'Siapkan bahan', 'Prepare material'),
    option('know', 'Untuk diketahui', 'For information'),
    option('attend', 'Wakili/hadiri', 'Attend for me'),
    option('report', 'Laporkan', 'Report'),
  ],
  chosen: { to: ['aptika', 'sekretaris'], instructions: ['follow-up'], note: '', due: '' },
  lines: [],
  errors: [],
  noteMaxLength: 1000,
  dueMin: '2026-11-23',
}

const letter = (part: Partial<LetterModel>): LetterModel => ({
  id: 'root',
  head,
  status: 'active',
  stage: both('Menunggu arahan kepala', 'Waiting for the head'),
  todos: [],
  refused: null,
  holders,
  journey,
  documents,
  drawing: false,
  history,
  facts: [],
  ...part,
})

const earlyJourney: Journey = {
  ...journey,
  branches: [
    branch({
      instance: 'root',
      forkedAt: at(23, '08:12'),
      stretches: [
        ...rootStretches.slice(0, 4),
        stretch({
          title: directing,
          holder: 'Kepala Dinas',
          from: at(23, '08:58'),
          to: null,
          workingMs: 274 * MINUTE,
          allowedWorkingMs: 7.5 * HOUR,
        }),
      ],
      open: true,
    }),
  ],
}

const problem = {
  code: 'disposition.unknown-receiver',
  text: 'Jabatan penerima tidak ada. Pilih dari daftar.',
  holders: [],
}

const todo = {
  title: both('Beri arahan', 'Give direction'),
  instance: 'root',
  isTask: true,
  from: null,
  asked: null,
  askedNote: null,
  said: { who: 'Joko Purwanto, Kepala Tata Usaha', text: 'Sudah diperiksa, lengkap.' },
  dueAt: at(23, '16:00'),
  late: false,
  problem: null,
  disposition,
  forms: [
    eventForm({ type: 'RETURN', title: both('Kembalikan ke pencatat', 'Return to the registrar'), fields: [reason] }),
    eventForm({
      type: 'CLOSE',
      title: both('Tutup surat', 'Close the letter'),
      blocked: {
        code: 'incoming-letter.branch-open',
        text: 'Masih ada cabang disposisi yang terbuka.',
        holders: ['Kabid Aptika'],
      },
    }),
  ],
}

const report = eventForm({
  type: 'REPORT',
  title: both('Kirim laporan', 'Send report'),
  tone: 'main',
  fields: [
    field({ name: 'report', control: 'textarea', maxLength: 4000 }),
    field({
      name: 'result',
      control: 'choice',
      options: [option('done', 'Sudah selesai', 'Done'), option('partly', 'Selesai sebagian', 'Partly done')],
    }),
    field({ name: 'proof', control: 'file', required: false }),
    field({ name: 'amount', control: 'number', required: false }),
  ],
})

const stale: RefusalView = {
  code: 'instance.stale',
  text: 'Sudah diputuskan Ahmad Fauzi (Plh. Sekretaris) pada 23 Nov 2026 10.42. Periksa keadaan terbaru dulu.',
  holders: [],
}

const registerFields = (values: Record<string, string>, errors: Record<string, string> = {}): RegisterModel['fields'] =>
  Object.fromEntries(
    [
      field({ name: 'sender', control: 'text', maxLength: 200 }),
      field({ name: 'letterNumber', control: 'text', maxLength: 100 }),
      field({ name: 'letterDate', control: 'date' }),
      field({ name: 'subject', control: 'text', maxLength: 300 }),
      field({
        name: 'urgency',
        control: 'choice',
        values: ['biasa'],
        options: [
          option('biasa', 'Biasa', 'Ordinary'),
          option('segera', 'Segera', 'Urgent'),
          option('sangat-segera', 'Sangat segera', 'Most urgent'),
        ],
      }),
      field({
        name: 'secrecy',
        control: 'choice',
        values: ['biasa'],
        options: [
          option('biasa', 'Biasa', 'Open'),
          option('terbatas', 'Terbatas', 'Limited'),
          option('rahasia', 'Rahasia', 'Secret'),
        ],
      }),
      field({ name: 'attachments', control: 'text', required: false }),
      field({ name: 'receivedAt', control: 'datetime', values: ['2026-11-23T14:32'] }),
      field({
        name: 'channel',
        control: 'choice',
        values: ['counter'],
        options: [
          option('counter', 'Loket', 'Counter'),
          option('post', 'Pos atau kurir', 'Post'),
          option('email', 'Surel', 'E-mail'),
        ],
      }),
    ].map((each) => [
      each.name,
      {
        ...each,
        values: values[each.name] ? [values[each.name] ?? ''] : each.values,
        error: errors[each.name] ?? null,
      },
    ]),
  )

const register = (part: Partial<RegisterModel>): RegisterModel => ({
  key: 'k3',
  refusal: null,
  fields: registerFields({}),
  correspondents: ['Biro Organisasi', 'Badan Perencanaan Pembangunan Daerah', 'Inspektorat'],
  accept: '.pdf,.jpg,.jpeg,.png,.tif,.tiff',
  bytesMax: 25_000_000,
  fileLost: false,
  units: [],
  ...part,
})

const trayItem = (part: Partial<TrayItem> & Pick<TrayItem, 'href' | 'subject'>): TrayItem => ({
  reference: 'Agenda 0417/2026',
  sender: 'Biro Organisasi',
  workflow: both('Surat masuk', 'Incoming letter'),
  task: both('Beri arahan', 'Give direction'),
  post: null,
  since: at(23, '08:58'),
  waitedMs: 274 * MINUTE,
  dueAt: at(23, '16:00'),
  late: false,
  seen: true,
  ...part,
})

const row = (part: Partial<LetterRow> & Pick<LetterRow, 'href' | 'subject'>): LetterRow => ({
  agenda: '0417/2026',
  sender: 'Biro Organisasi',
  number: '000.8.3/1182/B.Org',
  receivedAt: at(23, '08:12'),
  urgency: 'biasa',
  secrecy: 'biasa',
  status: 'active',
  stage: both('Ditindaklanjuti', 'Being followed up'),
  holders: ['Kepala Bidang Aptika', 'Kepala Subbagian Umum'],
  dueAt: null,
  late: false,
  ...part,
})

const agendaRow = (number: number, part: Partial<BookedLetterView> & Pick<BookedLetterView, 'subject'>): AgendaRow => ({
  number,
  receivedAt: at(23, '08:12'),
  href: `/instances/${number}`,
  letter: {
    sender: 'Biro Organisasi',
    number: '000.8.3/1182/B.Org',
    date: '2026-11-20',
    urgency: 'biasa',
    secrecy: 'biasa',
    status: 'active',
    to: ['Kepala Bidang Aptika', 'Sekretaris Dinas'],
    ...part,
  },
})

const step = (
  id: string,
  en: string,
  n: number,
  waiting: number,
  acting: number,
  p90: number,
  open = 0,
  late = 0,
): StepTiming => ({
  workflow: both('Surat masuk', 'Incoming letter'),
  step: both(id, en),
  n,
  medianMs: (waiting + acting) * MINUTE,
  p90Ms: p90 * MINUTE,
  waitingMedianMs: waiting * MINUTE,
  actingMedianMs: acting * MINUTE,
  open,
  late,
  longestOpenMs: open > 0 ? p90 * 1.4 * MINUTE : null,
})

/** A page in one of its states. */
export type State = {
  [Name in keyof Models]: { page: Name; state: string; model: Models[Name]; chrome?: Partial<Chrome> }
}[keyof Models]

const persona = (id: string, name: string, post: string, unit: string, line: string, tasks: number | null) => ({
  id,
  name,
  post,
  unit,
  line: both(line, line),
  tasks,
})

export const states: State[] = [
  {
    page: 'sign-in',
    state: 'trial',
    chrome: { person: null, nav: [] },
    model: {
      personas: [
        persona(
          'p1',
          'Nur Aini',
          'Pencatat surat',
          'Dinas Komunikasi dan Informatika',
          'Mencatat surat masuk di loket',
          3,
        ),
        persona(
          'p2',
          'Ratna Dewi Kusuma',
          'Kepala Dinas',
          'Dinas Komunikasi dan Informatika',
          'Memberi arahan dan disposisi',
          7,
        ),
        persona(
          'p3',
          'Yusran Halim',
          'Kepala Bidang Aplikasi Informatika',
          'Dinas Komunikasi dan Informatika',
          'Menerima disposisi dan meneruskan ke staf',
          2,
        ),
        persona(
          'p4',
          'Bayu Pratama',
          'Pranata Komputer Ahli Muda',
          'Dinas Komunikasi dan Informatika',
          'Menindaklanjuti dan melapor',
          0,
        ),
        persona('p5', 'Maria Lestari', 'Pencatat surat', 'Dinas Kesehatan', 'Mencatat surat masuk di loket', 1),
        persona('p6', 'dr. Oktavianus', 'Kepala Dinas', 'Dinas Kesehatan', 'Memberi arahan dan disposisi', 4),
        persona('p7', 'Irma Suryani', 'Pengelola sistem', 'Sekretariat Daerah', 'Mengukur waktu proses', null),
      ],
      next: '/',
      refusal: null,
      username: '',
    },
  },
  {
    page: 'sign-in',
    state: 'production-refused',
    chrome: { person: null, nav: [], trial: false },
    model: {
      personas: [],
      next: '/',
      refusal: { code: 'auth.bad-credentials', text: 'Nama pengguna atau kata sandi tidak cocok.', holders: [] },
      username: 'ratna',
    },
  },
  {
    page: 'tray',
    state: 'full',
    chrome: { current: 'tray', notice: { kind: 'sent', detail: 'Kepala Bidang Aptika' } },
    model: {
      total: 7,
      late: 2,
      unseen: 3,
      groups: [
        {
          urgency: 'sangat-segera',
          count: 2,
          bands: [
            {
              age: 'today',
              items: [
                trayItem({
                  href: '/instances/1',
                  subject: 'Undangan rapat pimpinan penanganan banjir Sungai Mahakam',
                  sender: 'Sekretariat Daerah',
                  seen: false,
                  dueAt: at(23, '15:00'),
                  waitedMs: 35 * MINUTE,
                  reference: 'Agenda 0421/2026',
                }),
              ],
            },
            {
              age: 'old',
              items: [
                trayItem({
                  href: '/instances/2',
                  subject: 'Tindak lanjut temuan pemeriksaan semester I',
                  sender: 'Inspektorat',
                  late: true,
                  dueAt: at(20, '16:00'),
                  waitedMs: 26 * HOUR,
                  task: both('Terima laporan', 'Accept the report'),
                }),
              ],
            },
          ],
        },
        {
          urgency: 'segera',
          count: 2,
          bands: [
            {
              age: 'today',
              items: [
                trayItem({ href: '/instances/root', subject: head.subject }),
                trayItem({
                  href: '/instances/4',
                  subject: 'Penyampaian rencana aksi layanan terpadu',
                  sender: 'Badan Perencanaan Pembangunan Daerah',
                  seen: false,
                  post: 'Plh. Asisten Administrasi Umum',
                }),
              ],
            },
          ],
        },
        {
          urgency: 'biasa',
          count: 3,
          bands: [
            {
              age: 'recent',
              items: [
                trayItem({
                  href: '/instances/5',
                  subject: 'Permohonan narasumber literasi digital',
                  sender: 'Universitas Rekaan',
                  dueAt: at(27, '16:00'),
                  waitedMs: 11 * HOUR,
                }),
                trayItem({
                  href: '/instances/6',
                  subject: 'Laporan pemeliharaan jaringan intra pemerintah bulan Oktober',
                  late: true,
                  dueAt: at(23, '09:00'),
                  waitedMs: 16 * HOUR,
                  seen: false,
                }),
              ],
            },
            {
              age: 'old',
              items: [
                trayItem({
                  href: '/instances/7',
                  subject: 'Usulan pembaruan daftar informasi publik',
                  dueAt: null,
                  waitedMs: 31 * HOUR,
                }),
              ],
            },
          ],
        },
      ],
      next: '/?cursor=abc',
    },
  },
  {
    page: 'tray',
    state: 'empty',
    chrome: { current: 'tray' },
    model: { total: 0, late: 0, unseen: 0, groups: [], next: null },
  },
  {
    page: 'letter',
    state: 'direction',
    model: letter({ todos: [{ ...todo, problem }], holders: [], journey: earlyJourney, history: history.slice(0, 3) }),
  },
  { page: 'letter', state: 'under-way', model: letter({ stage: both('Ditindaklanjuti', 'Being followed up') }) },
  {
    page: 'letter',
    state: 'report-refused',
    model: letter({
      drawing: true,
      todos: [
        {
          ...todo,
          title: both('Tindak lanjuti dan laporkan', 'Follow up and report'),
          instance: 'aptika',
          from: 'Kepala Dinas',
          asked: 'Proses lebih lanjut, laporkan',
          askedNote: 'Koordinasikan dengan Biro Organisasi.',
          late: true,
          dueAt: at(23, '12:48'),
          disposition: null,
          forms: [
            {
              ...report,
              fields: report.fields.map((each) =>
                each.name === 'report' ? { ...each, values: ['Data triwulan IV sudah'], error: 'too-short' } : each,
              ),
            },
            eventForm({
              type: 'SEND_BACK',
              title: both('Kembalikan arahan', 'Send back'),
              tone: 'stop',
              fields: [reason],
            }),
          ],
        },
      ],
      refused: { instance: 'aptika', type: 'REPORT', refusal: stale, typed: [] },
    }),
  },
  {
    page: 'letter',
    state: 'closed',
    model: letter({
      status: 'done',
      stage: both('Selesai dan diarsipkan', 'Closed and filed'),
      journey: closedJourney,
      head: { ...head, secrecy: 'rahasia', urgency: 'sangat-segera' },
    }),
  },
  {
    page: 'letter',
    state: 'bare',
    model: letter({
      head: { ...head, agenda: null, number: null, attachments: null, urgency: 'biasa' },
      holders: [],
      documents: [],
      history: [],
      journey: { ...journey, branches: [], remaining: null },
    }),
  },
  {
    page: 'instance',
    state: 'generic',
    model: letter({
      head: {
        ...head,
        workflow: both('Cuti pegawai', 'Staff leave'),
        subject: 'Cuti tahunan Bayu Pratama',
        agenda: null,
        sender: null,
        number: null,
        attachments: null,
        urgency: 'biasa',
      },
      holders: [],
      documents: [],
      journey: null,
      todos: [
        {
          ...todo,
          disposition: null,
          forms: [
            { ...report, type: 'APPROVE', title: both('Setujui', 'Approve') },
            eventForm({ type: 'REJECT', title: both('Tolak', 'Reject'), tone: 'stop', fields: [reason] }),
          ],
        },
      ],
      facts: [
        { name: 'days', title: null, value: '5' },
        { name: 'reason', title: null, value: 'Keperluan keluarga' },
      ],
    }),
  },
  { page: 'register', state: 'new', chrome: { current: 'register' }, model: register({}) },
  {
    page: 'register',
    state: 'refused',
    chrome: { current: 'register' },
    model: register({
      fileLost: true,
      refusal: { code: 'start.invalid', text: 'Belum dapat dicatat. Periksa isian yang ditandai.', holders: [] },
      fields: registerFields(
        { sender: 'Biro Organisasi', letterNumber: '000.8.3/1182/B.Org', letterDate: '2026-12-20' },
        { letterDate: 'future', subject: 'required' },
      ),
    }),
  },
  {
    page: 'letters',
    state: 'full',
    chrome: { current: 'letters' },
    model: {
      rows: [
        row({ href: '/instances/root', subject: head.subject, urgency: 'segera' }),
        row({
          href: '/instances/2',
          subject: 'Undangan rapat pimpinan penanganan banjir Sungai Mahakam',
          sender: 'Sekretariat Daerah',
          urgency: 'sangat-segera',
          late: true,
          dueAt: at(23, '09:00'),
          holders: ['Kepala Dinas'],
        }),
        row({
          href: '/instances/3',
          subject: 'Penyampaian rencana aksi layanan terpadu',
          secrecy: 'terbatas',
          status: 'done',
          stage: null,
          holders: [],
        }),
      ],
      text: '',
      status: 'all',
      next: '/letters?cursor=x',
      mayRegister: true,
    },
  },
  {
    page: 'letters',
    state: 'none-found',
    chrome: { current: 'letters' },
    model: { rows: [], text: 'banjir', status: 'active', next: null, mayRegister: false },
  },
  {
    page: 'letters',
    state: 'empty',
    chrome: { current: 'letters' },
    model: { rows: [], text: '', status: 'all', next: null, mayRegister: true },
  },
  {
    page: 'agenda',
    state: 'full',
    chrome: { current: 'agenda' },
    model: {
      unit: { id: 'kominfo', name: 'Dinas Komunikasi dan Informatika' },
      units: [
        { id: 'kominfo', name: 'Dinas Komunikasi dan Informatika' },
        { id: 'dinkes', name: 'Dinas Kesehatan' },
      ],
      year: 2026,
      years: [2026, 2025],
      text: '',
      total: 417,
      next: '/agenda?cursor=y',
      mayRegister: true,
      rows: [
        agendaRow(417, { subject: head.subject, urgency: 'segera' }),
        agendaRow(416, { subject: 'Penyampaian rencana aksi layanan terpadu', to: [] }),
        { number: 415, receivedAt: at(23, '08:02'), href: null, letter: null },
        agendaRow(414, {
          subject: 'Permohonan narasumber literasi digital',
          status: 'done',
          secrecy: 'terbatas',
        }),
      ],
    },
  },
  {
    page: 'agenda',
    state: 'empty',
    chrome: { current: 'agenda' },
    model: {
      unit: { id: 'k', name: 'Dinas Kesehatan' },
      units: [],
      year: 2026,
      years: [2026],
      text: '',
      rows: [],
      total: 0,
      next: null,
      mayRegister: true,
    },
  },
  {
    page: 'timing',
    state: 'full',
    chrome: { current: 'timing' },
    model: {
      from: at(1, '00:00'),
      to: now,
      units: [{ id: 'kominfo', name: 'Dinas Komunikasi dan Informatika' }],
      unit: null,
      closed: 412,
      open: 38,
      whole: { medianMs: 13.4 * HOUR, p90Ms: 33 * HOUR, n: 412 },
      steps: [
        step('Mencatat', 'Registering', 450, 0, 9, 16),
        step('Memeriksa', 'Checking', 441, 25, 8, 96, 4),
        step('Memberi arahan', 'Giving direction', 430, 142, 9, 420, 12, 3),
        step('Menindaklanjuti', 'Following up', 812, 160, 330, 1210, 41, 6),
        step('Menerima laporan', 'Accepting the report', 690, 95, 12, 380, 9),
      ],
    },
  },
  {
    page: 'timing',
    state: 'empty',
    chrome: { current: 'timing' },
    model: { from: at(1, '00:00'), to: now, units: [], unit: null, closed: 0, open: 0, whole: null, steps: [] },
  },
  {
    page: 'error',
    state: 'not-found',
    model: {
      status: 404,
      refusal: { code: 'route.not-found', text: 'Halaman ini tidak ada, atau tidak untuk jabatan Anda.', holders: [] },
      requestId: null,
    },
  },
  {
    page: 'error',
    state: 'fault',
    chrome: { person: null, nav: [] },
    model: {
      status: 500,
      refusal: {
        code: 'internal',
        text: 'Tidak ada yang hilang. Coba lagi; bila berulang, sebutkan kode di bawah kepada pengelola.',
        holders: [],
      },
      requestId: 'r-7f2a',
    },
  },
  {
    page: 'start',
    state: 'leave',
    model: {
      workflow: 'leave',
      title: both('Cuti pegawai', 'Staff leave'),
      key: 'k9',
      refusal: null,
      fields: [
        field({ name: 'from', control: 'date', title: both('Mulai', 'From') }),
        field({ name: 'days', control: 'number' }),
        field({ name: 'note', control: 'textarea', required: false }),
      ],
    },
  },
]
