import { AppError } from './errors.ts'

type Texts = Record<string, (details: Record<string, unknown>, message: string) => string>

const lines = (value: unknown): string => (Array.isArray(value) ? value.map((item) => `  - ${item}`).join('\n') : '')

/** What the person who started the program is told, in Indonesian, with the next step. */
const TEXTS: Texts = {
  'config.invalid': (_, message) => `Konfigurasi tidak dapat dipakai:\n${message}`,
  'embedded.port-busy': ({ port }) =>
    `Port ${port} sedang dipakai program lain. Hentikan program itu, atau pilih port lain: PORT=${Number(port) + 1} npm start`,
  'embedded.owned': ({ dataDir, pid, since }) =>
    `Mahakam sudah berjalan dengan data di ${dataDir} (proses ${pid}, sejak ${since}).\nHentikan dahulu, atau pakai folder lain: MAHAKAM_DATA_DIR=…`,
  'embedded.no-mongod': ({ tried }) =>
    `MongoDB tidak tersedia. Yang sudah dicoba:\n${lines(tried)}\nPasang MongoDB 6 atau lebih baru (mongod di PATH), atau pasang Python 3 dengan pip, atau isi MONGODB_URI.`,
  'embedded.no-redis': ({ tried }) =>
    `Redis tidak tersedia. Yang sudah dicoba:\n${lines(tried)}\nPasang Redis 6.2+ atau Valkey (redis-server di PATH), atau pasang Python 3 dengan pip, atau isi REDIS_URL.`,
  'embedded.hash-mismatch': ({ project, version }) =>
    `Berkas ${project} ${version} yang diterima bukan berkas yang seharusnya (sidik SHA-256 berbeda) dan tidak dipakai.\nPeriksa cermin paket Python Anda.`,
  'embedded.mongod-failed': ({ logFile }) => `MongoDB tidak dapat dijalankan. Lihat ${logFile}`,
  'embedded.redis-failed': ({ logFile }) => `Redis tidak dapat dijalankan. Lihat ${logFile}`,
  'embedded.record-unreadable': ({ file }) => `Berkas ${file} rusak. Pulihkan dari cadangan, atau pindahkan dahulu.`,
  'embedded.role-failed': ({ name }) => `${name ?? 'web'} terus-menerus gagal. Lihat log di folder data.`,
  'mongodb.unreachable': (_, message) => `MongoDB tidak menjawab (${message}). Periksa MONGODB_URI.`,
  'mongodb.not-a-replica-set': () =>
    'MongoDB harus berjalan sebagai replica set (satu simpul cukup): mongod --replSet rs0, lalu rs.initiate().',
  'mongodb.too-old': ({ version, oldest }) => `MongoDB ${version} terlalu tua; perlu ${oldest} atau lebih baru.`,
  'redis.unreachable': () => 'Redis tidak menjawab. Periksa REDIS_URL.',
  'redis.too-old': ({ version, oldest }) => `Redis ${version} terlalu tua; perlu ${oldest} atau lebih baru.`,
  'redis.evicts': ({ policy }) => `Redis membuang data (maxmemory-policy ${policy}); harus noeviction.`,
}

const EXIT_CONFIG = 78
const EXIT_FAILURE = 1

/** The text and exit code for a start that failed; an unknown error keeps its own words and stack. */
export function describeStartFailure(error: unknown): { text: string; exitCode: number } {
  if (error instanceof AppError) {
    const text = TEXTS[error.code]?.(error.details, error.message) ?? error.message
    return { text: `${text}\n[${error.code}]`, exitCode: error.code === 'config.invalid' ? EXIT_CONFIG : EXIT_FAILURE }
  }
  const { code, port } = (error ?? {}) as { code?: string; port?: number }
  if (code === 'EADDRINUSE') {
    const text = TEXTS['embedded.port-busy']?.({ port }, '') ?? ''
    return { text: `${text}\n[embedded.port-busy]`, exitCode: EXIT_FAILURE }
  }
  return { text: error instanceof Error ? (error.stack ?? error.message) : String(error), exitCode: EXIT_FAILURE }
}
