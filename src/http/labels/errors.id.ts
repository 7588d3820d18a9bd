/** Words of a refusal: a short title, and a sentence whose `{name}` places are filled from the refusal's details. */
export interface ErrorWords {
  title: string
  detail: string
}

const words = (title: string, detail: string): ErrorWords => ({ title, detail })

/** Indonesian words of every code. The keys are the closed list of codes that people may meet. */
export const errorsId = {
  'child.too-deep': words('Terlalu dalam', 'Disposisi bertingkat ini melewati batas kedalaman.'),
  'csrf.foreign': words('Permintaan dari situs lain', 'Formulir hanya dapat dikirim dari halaman aplikasi ini.'),
  'csrf.invalid': words('Halaman kedaluwarsa', 'Halaman terlalu lama terbuka. Muat ulang, lalu kirim sekali lagi.'),
  'cursor.invalid': words(
    'Penanda halaman tidak sah',
    'Penanda lanjutan daftar tidak dikenal. Mulai lagi dari awal daftar.',
  ),
  'document.invalid-data': words(
    'Dokumen tidak dapat dibuat',
    'Data untuk dokumen ini belum lengkap atau tidak sesuai.',
  ),
  'document.too-long': words('Dokumen terlalu panjang', 'Dokumen yang dibuat melebihi {pagesMax} halaman.'),
  'embedded.hash-mismatch': words(
    'Unduhan tidak cocok',
    'Berkas server {project} {version} bukan yang ditetapkan; tidak dipakai.',
  ),
  'embedded.mongod-failed': words('MongoDB tidak menyala', 'MongoDB bawaan tidak dapat dijalankan. Lihat {logFile}.'),
  'embedded.owned': words('Folder data sedang dipakai', 'Folder data {dataDir} sedang dipakai proses {pid}.'),
  'embedded.record-unreadable': words('Catatan server rusak', 'Catatan {file} rusak. Pulihkan atau pindahkan dulu.'),
  'embedded.redis-failed': words('Redis tidak menyala', 'Redis bawaan tidak dapat dijalankan. Lihat {logFile}.'),
  'event.forbidden': words('Bukan wewenang Anda', 'Tindakan ini milik jabatan lain.'),
  'event.invalid': words('Isian belum benar', 'Belum dapat dikirim. Periksa isian yang ditandai.'),
  'event.too-wide': words(
    'Terlalu banyak sekaligus',
    'Satu keputusan dapat memulai paling banyak {max} pekerjaan. Bagi menjadi beberapa langkah.',
  ),
  'event.unknown': words('Tindakan tidak dikenal', 'Alur kerja ini tidak mengenal tindakan {type}.'),
  'file.active-content': words(
    'Berkas berisi kode',
    'Berkas memuat isi yang dapat berjalan sendiri ({found}). Simpan tanpa itu, lalu pilih lagi.',
  ),
  'file.archive-bomb': words('Berkas tidak wajar', 'Isi berkas mengembang jauh melebihi ukurannya.'),
  'file.broken': words('Berkas rusak', 'Berkas rusak dan tidak dapat dibaca. Pindai lagi.'),
  'file.busy': words('Pemeriksa berkas sibuk', 'Banyak berkas sedang diperiksa. Coba lagi sebentar.'),
  'file.empty': words('Berkas kosong', 'Berkas kosong. Pindai atau pilih lagi.'),
  'file.encrypted': words('Berkas terkunci', 'Berkas terkunci kata sandi. Simpan tanpa kata sandi, lalu pilih lagi.'),
  'file.mislabelled': words('Nama berkas tidak sesuai', 'Isi berkas tidak sesuai dengan nama atau jenis yang disebut.'),
  'file.missing': words('Berkas belum dipilih', 'Sertakan tepat satu berkas pada isian "file".'),
  'file.no-preview': words('Tidak ada pratinjau', 'Halaman ini tidak ada atau tidak dapat digambar. Unduh berkasnya.'),
  'file.no-such-page': words('Halaman tidak ada', 'Berkas ini hanya berisi {pages} halaman.'),
  'file.not-found': words('Berkas tidak ditemukan', 'Berkas tidak ada, atau tidak untuk jabatan Anda.'),
  'file.too-big-image': words(
    'Gambar terlalu besar',
    'Gambar {width} × {height} piksel melebihi batas {pixelsMax} piksel.',
  ),
  'file.too-complex': words(
    'Berkas terlalu rumit',
    'Berkas tidak dapat diperiksa dalam batas waktu. Pindai atau simpan ulang.',
  ),
  'file.too-large': words(
    'Berkas terlalu besar',
    'Berkas lebih besar daripada {bytesMax}. Pindai dengan resolusi lebih rendah atau bagi menjadi beberapa berkas.',
  ),
  'file.too-many-pages': words('Halaman terlalu banyak', 'Berkas berisi {pages} halaman; paling banyak {pagesMax}.'),
  'file.unsupported': words(
    'Jenis berkas tidak diterima',
    'Jenis berkas ini tidak diterima. Gunakan PDF, JPEG, PNG, TIFF atau DOCX.',
  ),
  'idempotency.invalid': words(
    'Kunci pengiriman tidak sah',
    'Idempotency-Key terdiri atas 1–200 karakter ASCII yang tampak.',
  ),
  'idempotency.mismatch': words(
    'Kunci sudah dipakai',
    'Kunci pengiriman ini sudah dipakai untuk isi lain. Buka formulir baru.',
  ),
  'idempotency.missing': words(
    'Kunci pengiriman tidak ada',
    'Sertakan header Idempotency-Key: 1–200 karakter ASCII yang tampak.',
  ),
  'instance.busy': words('Sedang ramai', 'Banyak keputusan masuk bersamaan pada berkas ini. Coba lagi.'),
  'instance.not-found': words('Tidak ditemukan', 'Berkas ini tidak ada, atau tidak untuk jabatan Anda.'),
  'instance.not-now': words(
    'Belum atau tidak lagi mungkin',
    'Tindakan ini tidak dapat dilakukan pada keadaan sekarang.',
  ),
  'instance.stale': words(
    'Sudah diputuskan',
    'Sudah diputuskan {decidedBy} ({decidedAs}) pada {decidedAt}. Periksa keadaan terbaru.',
  ),
  'instance.too-large': words('Terlalu besar', 'Berkas akan terlalu besar. Simpan isi yang panjang sebagai lampiran.'),
  internal: words(
    'Ada gangguan di sisi kami',
    'Tidak ada yang hilang. Coba lagi; bila berulang, sebutkan kode permintaan kepada pengelola.',
  ),
  'request.invalid': words('Permintaan tidak sesuai', 'Isi permintaan tidak sesuai. Periksa rinciannya.'),
  'request.malformed': words('Permintaan tidak terbaca', 'Isi permintaan bukan JSON atau formulir yang sah.'),
  'request.media-type': words(
    'Bentuk isian tidak dikenal',
    'Kirim isi dengan Content-Type dan penyandian yang didukung.',
  ),
  'request.too-large': words('Isian terlalu besar', 'Isi permintaan melebihi batas.'),
  'request.too-many-files': words('Berkas terlalu banyak', 'Terlalu banyak berkas dalam satu pengiriman.'),
  'route.not-found': words('Alamat tidak ada', 'Tidak ada apa pun di alamat ini.'),
  'session.required': words('Silakan masuk dulu', 'Halaman ini hanya untuk pegawai yang sudah masuk.'),
  'session.token': words('Token tidak berlaku', 'Token tidak dikenal, kedaluwarsa, atau dicabut.'),
  'start.forbidden': words('Bukan wewenang Anda', 'Jabatan Anda tidak memulai alur kerja ini.'),
  'start.invalid': words('Isian belum benar', 'Belum dapat dimulai. Periksa isian yang ditandai.'),
  'storage.busy': words('Sistem sedang sibuk', 'Terlalu banyak keputusan menunggu disimpan. Coba lagi sebentar.'),
  'storage.unavailable': words(
    'Penyimpanan tidak terjangkau',
    'Keputusan belum tersimpan. Kirim lagi dengan kunci yang sama.',
  ),
  'upload.no-post': words('Belum punya jabatan', 'Hanya pegawai yang memegang jabatan dapat menyerahkan berkas.'),
  'workflow.changed': words(
    'Alur kerja berubah',
    'Versi {version} alur {workflow} tidak sama dengan saat berkas ini dimulai.',
  ),
  'workflow.not-found': words('Alur kerja tidak ada', 'Alur kerja itu tidak dikenal.'),
  'workflow.version-missing': words('Versi tidak ada', 'Versi {version} alur {workflow} tidak terpasang.'),
  'activity.crashed': words(
    'Pekerjaan terhenti',
    'Pekerjaan berulang kali menjatuhkan pekerjanya dan dihentikan. Periksa log pekerja dan masukan pekerjaan itu.',
  ),
  'activity.timeout': words(
    'Pekerjaan terlalu lama',
    'Pekerjaan melewati batas waktunya; akan dicoba lagi sampai jatah percobaan habis. Periksa beban mesin.',
  ),
  'activity.unknown': words(
    'Pekerjaan tidak dikenal',
    'Alur kerja memanggil pekerjaan yang tidak terdaftar pada rilis ini. Jalankan rilis yang sama di semua proses.',
  ),
  'auth.bad-credentials': words(
    'Nama atau kata sandi salah',
    'Nama pengguna atau kata sandi salah, atau akun contoh dipakai di luar masa uji coba. Periksa lalu coba lagi.',
  ),
  'auth.too-many-attempts': words(
    'Terlalu banyak percobaan',
    'Terlalu banyak percobaan masuk yang gagal. Tunggu selama yang disebut Retry-After.',
  ),
  'auth.weak-password': words(
    'Kata sandi tidak memenuhi syarat',
    'Kata sandi terlalu pendek atau terlalu panjang. Pakai 12 sampai 200 karakter.',
  ),
  'config.invalid': words(
    'Pengaturan salah',
    'Pengaturan tidak lengkap atau salah; program tidak berjalan. Setiap masalah disebut satu per satu.',
  ),
  'disposition.to-oneself': words(
    'Ditujukan kepada diri sendiri',
    'Disposisi ditujukan kepada pemberinya sendiri. Pilih jabatan lain.',
  ),
  'disposition.twice': words('Jabatan disebut dua kali', 'Satu jabatan disebut dua kali. Hapus salah satunya.'),
  'disposition.unknown-receiver': words('Penerima tidak dikenal', 'Jabatan penerima tidak ada. Pilih dari daftar.'),
  'document.unknown-layout': words(
    'Tata letak tidak ada',
    'Tata letak dokumen tidak ada pada rilis ini. Jalankan rilis yang memuatnya.',
  ),
  'embedded.port-busy': words(
    'Port sedang dipakai',
    'Port sudah dipakai program lain. Hentikan program itu atau pilih PORT lain.',
  ),
  'embedded.role-failed': words(
    'Bagian program berhenti',
    'Salah satu bagian program terus berhenti. Lihat log di folder data.',
  ),
  'embedded.starting': words('Masih memulai', 'Masa uji coba pada folder data itu masih memulai. Tunggu sampai siap.'),
  'mongodb.not-a-replica-set': words(
    'MongoDB bukan replica set',
    'MongoDB tidak berjalan sebagai replica set. Jalankan dengan --replSet; satu simpul cukup.',
  ),
  'mongodb.too-old': words('MongoDB terlalu lama', 'Versi MongoDB terlalu lama. Pakai 6 atau lebih baru.'),
  'mongodb.unreachable': words('MongoDB tidak terjangkau', 'MongoDB tidak menjawab. Periksa alamat dan jaringannya.'),
  'person.not-found': words('Pegawai tidak ditemukan', 'Pegawai itu tidak terdaftar. Periksa namanya.'),
  'position.not-found': words('Jabatan tidak ditemukan', 'Jabatan itu tidak terdaftar. Pilih dari daftar.'),
  'redis.evicts': words('Redis membuang data', 'Redis dapat membuang pekerjaan. Atur maxmemory-policy noeviction.'),
  'redis.too-old': words('Redis terlalu lama', 'Versi Redis terlalu lama. Pakai 6.2 atau lebih baru.'),
  'redis.unreachable': words('Redis tidak terjangkau', 'Redis tidak menjawab. Periksa alamat dan jaringannya.'),
  'organization.invalid': words(
    'Berkas organisasi tidak cocok',
    'Ada nama yang tidak menunjuk ke mana pun, atau unit tanpa kepala: {problems}.',
  ),
  'unit.not-found': words('Unit tidak ditemukan', 'Unit itu tidak terdaftar. Pilih dari daftar.'),
  'unit.without-head': words('Unit tanpa pimpinan', 'Unit belum memiliki pimpinan. Lengkapi susunan unitnya.'),
  'agenda.invalid-pattern': words(
    'Pola nomor tidak sah',
    'Pola nomor agenda unit tidak dapat dipakai. Perbaiki polanya.',
  ),
  'cli.file-missing': words('Berkas belum disebut', 'Perintah memerlukan --file <berkas>. Tambahkan letak berkasnya.'),
  'cli.file-unreadable': words(
    'Berkas tidak terbaca',
    'Berkas bukan JSON yang utuh atau terlalu besar. Periksa isinya.',
  ),
  'cli.invalid-days': words(
    'Jumlah hari salah',
    'Pilihan --days bukan bilangan bulat dalam batas yang disebut. Perbaiki perintahnya.',
  ),
  'cli.reason-missing': words(
    'Berkas atau alasan belum disebut',
    'Perintah memerlukan --id <berkas> dan --reason <alasan>. Tambahkan keduanya.',
  ),
  'cli.user-missing': words('Pengguna belum disebut', 'Perintah memerlukan --user <nama>. Tambahkan nama penggunanya.'),
  'demo.not-a-trial': words(
    'Bukan masa uji coba',
    'Hanya data uji coba yang dapat dikosongkan. Jalankan perintah ini pada masa uji coba saja.',
  ),
  'instance.forbidden': words(
    'Bukan untuk jabatan Anda',
    'Daftar atau halaman ini bukan untuk jabatan Anda. Minta pemegang wewenangnya.',
  ),
} satisfies Record<string, ErrorWords>

export type ErrorCode = keyof typeof errorsId
