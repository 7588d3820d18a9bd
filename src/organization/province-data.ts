/**
 * A province that does not exist, to try the product on. All names are made up; posts and units follow the usual
 * structure of a provincial government.
 */
export const PROVINCE_NAME = 'Nusa Tirta'
export const GOVERNMENT_LINE = 'PEMERINTAH PROVINSI NUSA TIRTA'

interface UnitSeed {
  id: string
  name: string
  code: string
  parent: string | null
  address: string
  headTitle: string
  head: string
  /** Post above the head, in another unit; null for the highest of the province. */
  under: string | null
  secretary: string
  registrar: string
  verifier: string
  /** Where the unit has no `Sekretaris` or `Kepala Subbagian Umum`. */
  titles?: { secretary: string; verifier: string }
  divisions: { id: string; title: string; holder: string; staff: string[] }[]
}

export const UNITS: readonly UnitSeed[] = [
  {
    id: 'setda',
    name: 'Sekretariat Daerah',
    code: 'SETDA',
    parent: null,
    address: 'Jalan Muara Raya Nomor 1, Tirtapura 70111',
    headTitle: 'Sekretaris Daerah',
    head: 'Ratna Dewanti Pramudya',
    under: null,
    secretary: 'Gunawan Adisurya',
    registrar: 'Sulastri Ningrum',
    verifier: 'Bambang Sutardi',
    titles: { secretary: 'Kepala Biro Umum', verifier: 'Kepala Bagian Tata Usaha Sekretariat Daerah' },
    divisions: [
      { id: 'asisten-umum', title: 'Asisten Administrasi Umum', holder: 'Yohanes Lembang', staff: ['Puspita Arum'] },
      { id: 'asisten-ekbang', title: 'Asisten Perekonomian dan Pembangunan', holder: 'Hasan Basrun', staff: [] },
    ],
  },
  {
    id: 'biro-organisasi',
    name: 'Biro Organisasi',
    code: 'B.ORG',
    parent: 'setda',
    address: 'Jalan Muara Raya Nomor 1 Gedung B, Tirtapura 70111',
    headTitle: 'Kepala Biro Organisasi',
    head: 'Maryam Hakimi',
    under: 'setda.asisten-umum',
    secretary: 'Tjokro Winarno',
    registrar: 'Lilis Karmila',
    verifier: 'Dodi Prasetya',
    titles: { secretary: 'Kepala Bagian Tata Usaha Biro Organisasi', verifier: 'Arsiparis Biro Organisasi' },
    divisions: [
      { id: 'tata-laksana', title: 'Kepala Bagian Tata Laksana', holder: 'Sabrina Wulan', staff: ['Rangga Seta'] },
    ],
  },
  {
    id: 'diskominfo',
    name: 'Dinas Komunikasi dan Informatika',
    code: 'DISKOMINFO',
    parent: 'setda',
    address: 'Jalan Arus Tengah Nomor 17, Tirtapura 70114',
    headTitle: 'Kepala Dinas Komunikasi dan Informatika',
    head: 'Andi Surya Mahardika',
    under: 'setda.head',
    secretary: 'Nurul Azizah Rahmani',
    registrar: 'Siti Rahmawati',
    verifier: 'Joko Purwanto',
    divisions: [
      {
        id: 'aptika',
        title: 'Kepala Bidang Aplikasi Informatika',
        holder: 'Fajar Nugraha',
        staff: ['Dewi Anggraini', 'Rizky Pratama'],
      },
      {
        id: 'statistik',
        title: 'Kepala Bidang Statistik dan Persandian',
        holder: 'Lestari Handayani',
        staff: ['Hendra Wijaya'],
      },
      {
        id: 'ikp',
        title: 'Kepala Bidang Informasi dan Komunikasi Publik',
        holder: 'Yusuf Ramadhan',
        staff: ['Mega Puspitasari'],
      },
    ],
  },
  {
    id: 'inspektorat',
    name: 'Inspektorat Daerah',
    code: 'ITDA',
    parent: 'setda',
    address: 'Jalan Hulu Sungai Nomor 4, Tirtapura 70112',
    headTitle: 'Inspektur',
    head: 'Bagus Wirawan',
    under: 'setda.head',
    secretary: 'Endang Kusuma',
    registrar: 'Wahyuni Safitri',
    verifier: 'Teguh Santosa',
    divisions: [{ id: 'irban-1', title: 'Inspektur Pembantu I', holder: 'Farida Hanum', staff: ['Ilham Syahputra'] }],
  },
  {
    id: 'bappeda',
    name: 'Badan Perencanaan Pembangunan Daerah',
    code: 'BAPPEDA',
    parent: 'setda',
    address: 'Jalan Delta Nomor 8, Tirtapura 70113',
    headTitle: 'Kepala Badan Perencanaan Pembangunan Daerah',
    head: 'Theresia Lumban',
    under: 'setda.head',
    secretary: 'Agus Hermanto',
    registrar: 'Kartini Sari',
    verifier: 'Rudi Hartawan',
    divisions: [
      { id: 'ekonomi', title: 'Kepala Bidang Perekonomian', holder: 'Nadia Fitriani', staff: ['Bayu Anggara'] },
      { id: 'pendanaan', title: 'Kepala Bidang Pendanaan Pembangunan', holder: 'Samuel Tarigan', staff: [] },
    ],
  },
  {
    id: 'dinkes',
    name: 'Dinas Kesehatan',
    code: 'DINKES',
    parent: 'setda',
    address: 'Jalan Mata Air Nomor 21, Tirtapura 70115',
    headTitle: 'Kepala Dinas Kesehatan',
    head: 'dr. Amélia Kusumawardhani',
    under: 'setda.head',
    secretary: 'Rahmat Hidayat',
    registrar: 'Yuliana Tandi',
    verifier: 'Slamet Riyanto',
    divisions: [
      {
        id: 'yankes',
        title: 'Kepala Bidang Pelayanan Kesehatan',
        holder: 'Citra Maharani',
        staff: ['Putri Ayuningtyas'],
      },
      { id: 'p2p', title: 'Kepala Bidang Pencegahan Penyakit', holder: 'Dimas Setiawan', staff: [] },
    ],
  },
  {
    id: 'disdik',
    name: 'Dinas Pendidikan',
    code: 'DISDIK',
    parent: 'setda',
    address: 'Jalan Pelabuhan Lama Nomor 3, Tirtapura 70116',
    headTitle: 'Kepala Dinas Pendidikan',
    head: 'Muhammad Abdurrahman Wicaksono Adiputra',
    under: 'setda.head',
    secretary: 'Indah Permata',
    registrar: 'Novita Sari',
    verifier: 'Eko Budiman',
    divisions: [{ id: 'sma', title: 'Kepala Bidang Pembinaan SMA', holder: 'Retno Astuti', staff: ['Galih Saputra'] }],
  },
  {
    id: 'pupr',
    name: 'Dinas Pekerjaan Umum dan Penataan Ruang',
    code: 'PUPR',
    parent: 'setda',
    address: 'Jalan Jembatan Besar Nomor 12, Tirtapura 70117',
    headTitle: 'Kepala Dinas Pekerjaan Umum dan Penataan Ruang',
    head: 'Irwan Syafei',
    under: 'setda.head',
    secretary: 'Kristina Mandala',
    registrar: 'Rosmina Dewi',
    verifier: 'Anton Subroto',
    divisions: [{ id: 'jalan', title: 'Kepala Bidang Bina Marga', holder: 'Yudi Kurnia', staff: ['Taufik Hidayah'] }],
  },
  {
    id: 'bkd',
    name: 'Badan Kepegawaian Daerah',
    code: 'BKD',
    parent: 'setda',
    address: 'Jalan Arus Tengah Nomor 30, Tirtapura 70114',
    headTitle: 'Kepala Badan Kepegawaian Daerah',
    head: 'Saraswati Pangestu',
    under: 'setda.head',
    secretary: 'Johan Silalahi',
    registrar: 'Mutiara Hasanah',
    verifier: 'Wawan Gunadi',
    divisions: [{ id: 'mutasi', title: 'Kepala Bidang Mutasi', holder: 'Arif Budiono', staff: [] }],
  },
  {
    id: 'dpk',
    name: 'Dinas Perpustakaan dan Kearsipan',
    code: 'DPK',
    parent: 'setda',
    address: 'Jalan Tepian Nomor 9, Tirtapura 70112',
    headTitle: 'Kepala Dinas Perpustakaan dan Kearsipan',
    head: 'Zulkifli Anwari',
    under: 'setda.head',
    secretary: 'Melati Suryaning',
    registrar: 'Fitria Ramadani',
    verifier: 'Gatot Prakoso',
    divisions: [{ id: 'kearsipan', title: 'Kepala Bidang Kearsipan', holder: 'Ningsih Rahayu', staff: [] }],
  },
  {
    id: 'bpkad',
    name: 'Badan Pengelola Keuangan dan Aset Daerah',
    code: 'BPKAD',
    parent: 'setda',
    address: 'Jalan Delta Nomor 15, Tirtapura 70113',
    headTitle: 'Kepala Badan Pengelola Keuangan dan Aset Daerah',
    head: 'Benediktus Oramahi',
    under: 'setda.head',
    secretary: 'Sari Wardani',
    registrar: 'Halimah Tusa',
    verifier: 'Purnomo Aji',
    divisions: [{ id: 'anggaran', title: 'Kepala Bidang Anggaran', holder: 'Vina Oktaviani', staff: [] }],
  },
  {
    id: 'uptd-balai-data',
    name: 'UPTD Balai Layanan Data',
    code: 'BLD',
    parent: 'diskominfo',
    address: 'Jalan Arus Tengah Nomor 17 Lantai 3, Tirtapura 70114',
    headTitle: 'Kepala UPTD Balai Layanan Data',
    head: 'Oktavianus Lapu',
    under: 'diskominfo.head',
    secretary: 'Rini Marlina',
    registrar: 'Desi Natalia',
    verifier: 'Surono Hadi',
    titles: {
      secretary: 'Kepala Subbagian Tata Usaha UPTD Balai Layanan Data',
      verifier: 'Arsiparis UPTD Balai Layanan Data',
    },
    divisions: [{ id: 'operasi', title: 'Kepala Seksi Operasi', holder: 'Ferdi Gunawan', staff: [] }],
  },
]

/** Who stands in for an absent head, since the day the province is loaded. */
export const ACTING = { position: 'dinkes.head', person: 'rahmat.hidayat', capacity: 'plh' } as const

export const ADMIN = {
  position: 'diskominfo.admin',
  title: 'Administrator Sistem',
  name: 'Laras Cahyani',
  unit: 'diskominfo',
}

/** Personas of the trial's sign-in page, in order, with what each can try. */
export const PERSONAS: readonly { person: string; line: { id: string; en: string } }[] = [
  { person: 'siti.rahmawati', line: { id: 'Mencatat surat masuk di loket', en: 'Registers letters at the counter' } },
  {
    person: 'joko.purwanto',
    line: { id: 'Memeriksa catatan sebelum naik ke pimpinan', en: 'Checks the registration' },
  },
  {
    person: 'andi.surya.mahardika',
    line: { id: 'Memberi arahan dan disposisi', en: 'Gives direction and dispositions' },
  },
  { person: 'fajar.nugraha', line: { id: 'Menerima disposisi dan meneruskan ke staf', en: 'Receives and passes on' } },
  { person: 'lestari.handayani', line: { id: 'Menerima disposisi cabang kedua', en: 'Holds the second branch' } },
  { person: 'dewi.anggraini', line: { id: 'Menindaklanjuti dan melapor', en: 'Follows up and reports' } },
  { person: 'wahyuni.safitri', line: { id: 'Mencatat surat di instansi lain', en: 'Registers in another agency' } },
  { person: 'bagus.wirawan', line: { id: 'Memimpin instansi lain', en: 'Heads another agency' } },
  {
    person: 'rahmat.hidayat',
    line: { id: 'Menggantikan kepala dinas sebagai Plh.', en: 'Stands in for an absent head' },
  },
  { person: 'laras.cahyani', line: { id: 'Mengukur waktu proses', en: 'Measures processing time' } },
]
