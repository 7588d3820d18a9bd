import type { z } from 'zod'
import type { dispositionSheetData } from '../../templates/letters/disposition-sheet.ts'

/** Data for lembar disposisi of every shape. */
export type SheetInput = z.input<typeof dispositionSheetData>
type Level = SheetInput['chain'][number]
type Line = Level['lines'][number]

export const emptySheet: SheetInput = {
  unit: {
    name: 'Dinas Komunikasi dan Informatika',
    parentName: 'Pemerintah Provinsi Kalimantan Timur',
    address: 'Jalan Basuki Rahmat Nomor 41, Samarinda 75117, Telepon (0541) 731963',
  },
  letter: {
    from: 'Badan Perencanaan Pembangunan Daerah Kabupaten Kutai Kartanegara',
    number: '000.1.5/1234/BAPPEDA/XI/2026',
    date: '2026-11-20',
    receivedAt: '2026-11-24T00:30:00Z',
    agendaNumber: '1287',
    urgency: 'segera',
    secrecy: 'biasa',
    subject: 'Permohonan narasumber pada rapat koordinasi SPBE tingkat kabupaten',
  },
  chain: [],
  url: 'https://mahakam.contoh.go.id/surat/01J9ZK3V7Q8',
  zone: 'Asia/Makassar',
}

const line = (to: string, change: Partial<Line> = {}): Line => ({
  to,
  instructions: ['Proses lebih lanjut', 'Koordinasi/konfirmasi'],
  note: null,
  dueAt: '2026-11-27T08:00:00Z',
  marked: false,
  ...change,
})

const level = (title: string, name: string, lines: Line[]): Level => ({
  giver: { title, name, nip: '197203141998031004', rank: 'Pembina Utama Muda (IV/c)' },
  at: '2026-11-24T02:42:00Z',
  lines,
})

export const oneLevel: SheetInput = {
  ...emptySheet,
  chain: [
    level('Kepala Dinas', 'Dr. H. Ahmad Fauzi, S.Kom., M.Si.', [
      line('Sekretaris Dinas', { marked: true, note: 'Siapkan bahan paparan.' }),
    ]),
  ],
}

export const threeLevels: SheetInput = {
  ...emptySheet,
  chain: [
    level('Kepala Dinas', 'Dr. H. Ahmad Fauzi, S.Kom., M.Si.', [
      line('Kepala Bidang Aplikasi Informatika'),
      line('Sekretaris Dinas', { instructions: ['Untuk diketahui'], dueAt: null }),
    ]),
    level('Kepala Bidang Aplikasi Informatika', 'Siti Nurhaliza, S.T., M.T.', [
      line('Kepala Seksi Tata Kelola'),
      line('Pranata Komputer Ahli Muda', { note: 'Kumpulkan data indikator.' }),
    ]),
    level('Kepala Seksi Tata Kelola', 'Bambang Širvydas-Nguyễn, S.Kom.', [
      line('Staf Pengolah Data', { marked: true }),
    ]),
  ],
}

export const longSheet: SheetInput = {
  ...threeLevels,
  paper: 'a5',
  letter: {
    ...emptySheet.letter,
    subject: `${'Undangan rapat koordinasi teknis '.repeat(20)}م Ω ꦲ 中 \u0007 \u{1f600}`,
  },
  chain: [
    ...threeLevels.chain,
    level('Wakil Ketua Tim Percepatan Penanggulangan Kemiskinan Ekstrem', 'Prof. Łukasz Ñuñez-Þórðarson Åkerström', [
      line('Kepala Subbagian Perencanaan Program, Evaluasi, Pelaporan, dan Keuangan', {
        marked: true,
        note: 'Mohon dibahas dengan seluruh bidang. '.repeat(90),
      }),
    ]),
  ],
}
