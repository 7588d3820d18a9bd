import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Config } from './config.ts'
import { describeStartFailure } from './console-text.ts'
import { type Engine, onPath } from './embedded/binary.ts'
import { borrowServers } from './embedded/borrow.ts'
import { findCached } from './embedded/cache.ts'
import { findOwner } from './embedded/owner.ts'
import { hasPip } from './embedded/pip.ts'
import { mongodWheel, valkeyWheel } from './embedded/wheels.ts'
import { AppError } from './errors.ts'
import { createLogger } from './log.ts'
import { connectMongo } from './mongo.ts'
import { checkRedis, createRedis } from './redis.ts'

export interface DoctorCheck {
  /** Stable name for programs that read the report. */
  name: 'node' | 'mongodb' | 'redis' | 'data-directory' | 'disk' | 'fonts'
  ok: boolean
  /** One line in Indonesian: what was found, or what to do. */
  detail?: string
}

export interface DoctorReport {
  ok: boolean
  checks: DoctorCheck[]
}

const NODE_OLDEST: [number, number] = [20, 19]
const FREE_BYTES_MIN = 1_000_000_000
const CONNECT_LIMIT_MS = 3_000
const FONT_FILES = [
  '@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf',
  '@fontsource-variable/plus-jakarta-sans/package.json',
]

/** Looks whether this machine can run the product as configured. Starts nothing, fetches nothing, never throws. */
export async function runDoctor(config: Config): Promise<DoctorReport> {
  const addresses = await addressesOf(config)
  const checks = await Promise.all([
    look('node', async () => nodeVersion()),
    look('mongodb', () => (addresses.mongodbUri ? askMongo(addresses.mongodbUri) : findProgram(config, MONGOD))),
    look('redis', () => (addresses.redisUrl ? askRedis(addresses.redisUrl) : findProgram(config, REDIS))),
    look('data-directory', async () => writable(config.dataDir)),
    look('disk', async () => freeDisk(config.dataDir)),
    look('fonts', async () => fonts()),
  ])
  return { ok: checks.every((check) => check.ok), checks }
}

/** A finding is a text; whatever is thrown is the reason why it is not well. */
async function look(name: DoctorCheck['name'], find: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, ok: true, detail: await find() }
  } catch (error) {
    return { name, ok: false, detail: textOf(error) }
  }
}

function textOf(error: unknown): string {
  if (error instanceof AppError) return describeStartFailure(error).text.replaceAll('\n', ' ')
  return error instanceof Error ? error.message : String(error)
}

/** The configured servers, or those of a trial that runs on this data directory right now. */
async function addressesOf(config: Config): Promise<{ mongodbUri?: string; redisUrl?: string }> {
  const given = {
    ...(config.mongodbUri === undefined ? {} : { mongodbUri: config.mongodbUri }),
    ...(config.redisUrl === undefined ? {} : { redisUrl: config.redisUrl }),
  }
  if (!findOwner(config.dataDir)) return given
  return borrowServers(config, () => {}).catch(() => given)
}

function nodeVersion(): string {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isOld = major < NODE_OLDEST[0] || (major === NODE_OLDEST[0] && minor < NODE_OLDEST[1])
  if (isOld) throw new Error(`Node.js ${process.versions.node} terlalu tua; perlu ${NODE_OLDEST.join('.')}`)
  return `Node.js ${process.versions.node}`
}

async function askMongo(uri: string): Promise<string> {
  const connection = await connectMongo(uri, createLogger('silent', 'doctor'), CONNECT_LIMIT_MS)
  try {
    const admin = connection.db?.admin()
    const [build, hello] = await Promise.all([admin?.command({ buildInfo: 1 }), admin?.command({ hello: 1 })])
    return `MongoDB ${build?.version}, replica set ${hello?.setName ?? '(mongos)'}`
  } finally {
    await connection.close()
  }
}

async function askRedis(url: string): Promise<string> {
  const redis = createRedis(url, 'plain')
  try {
    await checkRedis(redis)
    const info = await redis.info('server')
    // Valkey tells the Redis version it is like, and its own besides.
    const version = /^(valkey)_version:(\S+)/m.exec(info) ?? /^(redis)_version:(\S+)/m.exec(info)
    return `${version?.slice(1).join(' ')}, noeviction`
  } finally {
    redis.disconnect()
  }
}

interface Wanted {
  programs: string[]
  engines: Engine[]
  named?: () => string | undefined
  hasWheel: () => boolean
  /** The maker's own build can be downloaded too. */
  official: boolean
}

const MONGOD: Wanted = {
  programs: ['mongod'],
  engines: ['mongod'],
  named: () => process.env.MONGOMS_SYSTEM_BINARY,
  hasWheel: () => mongodWheel() !== null,
  official: true,
}
const REDIS: Wanted = {
  programs: ['redis-server', 'valkey-server'],
  engines: ['redis', 'valkey'],
  hasWheel: () => valkeyWheel() !== null,
  official: false,
}

/** Where the start would take the server program from. Throws when there is no way that could work offline or by pip. */
async function findProgram({ binaryDir }: Config, wanted: Wanted): Promise<string> {
  const installed = wanted.named?.() ?? wanted.programs.map((name) => onPath(name)).find((path) => path !== null)
  if (installed) return `terpasang: ${installed}`
  const [cached] = await findCached(binaryDir, wanted.engines, () => {})
  if (cached) return `tersimpan: ${cached.engine} ${cached.version}`
  if (wanted.hasWheel() && (await hasPip())) return 'akan diambil saat dijalankan (paket Python)'
  if (wanted.official) return 'akan dicoba diunduh dari pembuatnya saat dijalankan'
  throw new Error(`Pasang ${wanted.programs.join(' atau ')}, atau Python 3 dengan pip`)
}

const nearestExisting = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path))

function writable(dataDir: string): string {
  const folder = nearestExisting(dataDir)
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Error(`${folder} tidak dapat ditulisi`)
  }
  return dataDir
}

function freeDisk(dataDir: string): string {
  const { bavail, bsize } = statfsSync(nearestExisting(dataDir))
  const text = `${((Number(bavail) * Number(bsize)) / 1e9).toFixed(1)} GB kosong`
  if (bavail * bsize < FREE_BYTES_MIN) throw new Error(`${text}; sediakan sedikitnya 1 GB`)
  return text
}

function fonts(): string {
  const { resolve } = createRequire(import.meta.url)
  const missing = FONT_FILES.filter((file) => {
    try {
      return !existsSync(resolve(file))
    } catch {
      return true
    }
  })
  if (missing.length > 0) throw new Error(`tidak ada: ${missing.join(', ')}; jalankan npm ci`)
  return 'Arimo, Plus Jakarta Sans'
}
