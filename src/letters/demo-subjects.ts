/** What invented letters are about. Nobody and nothing in them exists; places and bodies belong to the trial's province. */
export interface DemoSubject {
  sender: string
  /** `{n}` is a running number. */
  number: string
  subject: string
  classification: string
  urgency: 'biasa' | 'segera' | 'sangat-segera'
  secrecy: 'biasa' | 'terbatas' | 'rahasia'
  attachments: string | null
  instructions: string[]
  note: string | null
  report: string
}

type Row = [sender: string, number: string, subject: string, classification: string, report: string]

const HIGH = { urgency: 'segera', secrecy: 'biasa' } as const
const TOP = { urgency: 'sangat-segera', secrecy: 'biasa' } as const
const PLAIN = { urgency: 'biasa', secrecy: 'biasa' } as const

const subject = (
  [sender, number, text, classification, report]: Row,
  nature: Pick<DemoSubject, 'urgency' | 'secrecy'>,
  instructions: string[],
  more: Partial<Pick<DemoSubject, 'note' | 'attachments'>> = {},
): DemoSubject => ({
  sender,
  number,
  subject: text,
  classification,
  report,
  ...nature,
  instructions,
  note: more.note ?? null,
  attachments: more.attachments ?? null,
})

export const SUBJECTS: readonly DemoSubject[] = [
  subject(
    [
      'Biro Organisasi',
      '000.8.3/{n}/B.ORG',
      'Undangan rapat penyusunan standar pelayanan',
      '000.8.3.2',
      'Rapat dihadiri. Rancangan standar pelayanan kami kirim paling lambat akhir bulan; notula terlampir.',
    ],
    HIGH,
    ['Wakili/hadiri', 'Laporkan'],
    { note: 'Bawa daftar layanan yang sudah berjalan.' },
  ),
  subject(
    [
      'Inspektorat Daerah',
      '700.1/{n}/ITDA',
      'Permintaan data tindak lanjut hasil pemeriksaan',
      '700.1',
      'Dari sebelas temuan, sembilan selesai dan dua dalam proses. Rincian dan bukti terlampir.',
    ],
    HIGH,
    ['Siapkan jawaban', 'Koordinasi/konfirmasi'],
    { attachments: '1 berkas', note: 'Pastikan setiap angka ada buktinya.' },
  ),
  subject(
    [
      'Badan Perencanaan Pembangunan Daerah',
      '000.7/{n}/BAPPEDA',
      'Penyampaian usulan program dan kegiatan tahun depan',
      '000.7',
      'Usulan disusun bersama semua bidang dan sudah dimasukkan ke sistem perencanaan.',
    ],
    PLAIN,
    ['Proses lebih lanjut', 'Koordinasi/konfirmasi'],
    { attachments: '2 berkas' },
  ),
  subject(
    [
      'PT Arus Data Nusantara',
      '{n}/ADN/DIR',
      'Pemberitahuan pemeliharaan jaringan pusat data',
      '500.12',
      'Jadwal disetujui di luar jam layanan. Pengguna sudah diberi tahu tiga hari sebelumnya.',
    ],
    TOP,
    ['Segera selesaikan', 'Laporkan'],
    { note: 'Layanan publik tidak boleh terhenti pada jam kerja.' },
  ),
  subject(
    [
      'Universitas Muara Tirta',
      '{n}/UMT/FT',
      'Permohonan tempat magang bagi dua belas mahasiswa',
      '800.2',
      'Dapat diterima delapan orang mulai bulan depan. Surat jawaban sudah disiapkan.',
    ],
    PLAIN,
    ['Tanggapan dan saran', 'Siapkan jawaban'],
    { attachments: '1 proposal' },
  ),
  subject(
    [
      'Kecamatan Hulu Tenang',
      '400.14/{n}/HT',
      'Laporan menara telekomunikasi rubuh akibat angin kencang',
      '500.12',
      'Lokasi sudah ditinjau bersama kecamatan. Pemilik menara membersihkan dalam tiga hari; tidak ada korban.',
    ],
    TOP,
    ['Ambil langkah seperlunya', 'Laporkan'],
    { attachments: '6 foto' },
  ),
  subject(
    [
      'Sekretariat DPRD',
      '100.2/{n}/SETWAN',
      'Undangan dengar pendapat tentang layanan informasi publik',
      '100.2',
      'Dengar pendapat dihadiri. Tiga catatan komisi menjadi tindak lanjut bidang, batas waktunya dua minggu.',
    ],
    HIGH,
    ['Siapkan bahan/sambutan', 'Wakili/hadiri'],
  ),
  subject(
    [
      'Badan Kepegawaian Daerah',
      '800.1/{n}/BKD',
      'Permintaan pemutakhiran data pegawai',
      '800.1',
      'Data semua pegawai sudah diperbarui dan diverifikasi masing-masing.',
    ],
    PLAIN,
    ['Proses lebih lanjut'],
  ),
  subject(
    [
      'Lembaga Swadaya Sungai Lestari',
      '{n}/SSL',
      'Permohonan data kualitas air untuk kajian warga',
      '600.4',
      'Data yang terbuka sudah diberikan; selebihnya diarahkan melalui layanan informasi publik.',
    ],
    PLAIN,
    ['Untuk dipelajari', 'Siapkan jawaban'],
  ),
  subject(
    [
      'Dinas Perpustakaan dan Kearsipan',
      '000.5.3/{n}/DPK',
      'Jadwal pengawasan kearsipan internal',
      '000.5.3',
      'Jadwal disepakati. Daftar arsip aktif sudah dirapikan dan siap diperiksa.',
    ],
    PLAIN,
    ['Untuk diketahui', 'Proses lebih lanjut'],
    { attachments: '1 lembar jadwal' },
  ),
  subject(
    [
      'Badan Pengelola Keuangan dan Aset Daerah',
      '900.1/{n}/BPKAD',
      'Penyampaian batas akhir pengajuan pembayaran',
      '900.1',
      'Semua pengajuan yang lengkap sudah masuk sebelum batas; dua kegiatan diluncurkan ke tahun depan.',
    ],
    HIGH,
    ['Untuk diperhatikan', 'Segera selesaikan'],
  ),
  subject(
    [
      'Perwakilan Ombudsman Nusa Tirta',
      '{n}/ORI/NT',
      'Permintaan penjelasan atas laporan masyarakat',
      '000.8.3.4',
      'Penjelasan disampaikan dengan urutan waktu dan bukti. Pelapor sudah dihubungi.',
    ],
    { urgency: 'segera', secrecy: 'rahasia' },
    ['Bicarakan dengan saya', 'Siapkan jawaban'],
    { note: 'Isi surat hanya untuk yang menangani.' },
  ),
  subject(
    [
      'Kabupaten Delta Timur',
      '000.8/{n}/DT',
      'Permohonan studi tiru pengelolaan layanan digital',
      '000.8',
      'Kunjungan diterima pada hari yang diminta, dua puluh peserta. Bahan paparan terlampir.',
    ],
    PLAIN,
    ['Jadwalkan/agendakan', 'Siapkan bahan/sambutan'],
  ),
  subject(
    [
      'Dinas Kesehatan',
      '400.7/{n}/DINKES',
      'Pemutakhiran data fasilitas kesehatan pada peta daerah',
      '400.7',
      'Seratus dua belas titik diperbarui dan diperiksa silang dengan data dinas.',
    ],
    PLAIN,
    ['Proses lebih lanjut', 'Koordinasi/konfirmasi'],
    { attachments: '1 berkas data' },
  ),
  subject(
    [
      'Badan Siber Daerah',
      'R-{n}/BSD',
      'Imbauan penanganan celah keamanan pada server layanan',
      '000.6',
      'Celah ditutup pada semua server. Catatan akses tiga puluh hari terakhir tidak menunjukkan penyalahgunaan.',
    ],
    { urgency: 'sangat-segera', secrecy: 'terbatas' },
    ['Segera selesaikan', 'Laporkan'],
    { note: 'Laporkan langsung begitu selesai.' },
  ),
  subject(
    [
      'Forum Wartawan Tirtapura',
      '{n}/FWT',
      'Permohonan wawancara tentang layanan pengaduan',
      '400.14',
      'Wawancara terlaksana; jawaban tertulis juga dikirim kepada redaksi.',
    ],
    PLAIN,
    ['Jawab langsung'],
  ),
]

export const RETURN_REASONS = [
  'Nomor surat pada catatan berbeda dengan pindaian.',
  'Halaman kedua pindaian belum ada.',
  'Derajat surat belum sesuai dengan isinya.',
]
