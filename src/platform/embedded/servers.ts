import { resolve } from 'node:path'
import { AppError } from '../errors.ts'
import type { Binary } from './binary.ts'
import { findMongod, findRedis } from './find-binary.ts'
import { Guardian } from './guardian.ts'
import { mongodbUriOf, type ServerPlace, startMongod } from './mongod.ts'
import { claimOwnership } from './owner.ts'
import { findFreePort, keepOrFindPort } from './ports.ts'
import { endLeftOver } from './processes.ts'
import { readRecord, type ServerRecord, writeRecord } from './record.ts'
import { redisUrlOf, startRedis } from './redis-server.ts'
import type { Say } from './say.ts'

const STOP_LIMIT_MS = 3_000
const PORT_ATTEMPTS = 3

export interface ServersOptions {
  dataDir: string
  /** Where fetched programs are kept; may be shared by several data directories. */
  binaryDir: string
  say: Say
  /** Which of the two to provide; the other one's address is given by the operator. */
  want?: { mongod: boolean; redis: boolean }
  /** A server died too often to be started again. */
  giveUp: (name: string) => void
}

export interface EmbeddedServers {
  mongodbUri: string | null
  redisUrl: string | null
  /** Stops Redis, then MongoDB, and gives the data directory up. */
  stop(): Promise<void>
  kill(): void
}

/**
 * Provides MongoDB and Redis for one data directory and keeps them running until `stop()`.
 * @throws embedded.owned, embedded.no-mongod, embedded.no-redis, embedded.hash-mismatch, embedded.mongod-failed,
 * embedded.redis-failed, embedded.record-unreadable
 */
export async function startServers(options: ServersOptions): Promise<EmbeddedServers> {
  const dataDir = resolve(options.dataDir)
  const release = claimOwnership(dataDir)
  const begun: Guardian[] = []
  const want = options.want ?? { mongod: true, redis: true }
  const stop = async () => {
    const inOrder = begun.toSorted((left, right) => right.name.localeCompare(left.name))
    for (const guardian of inOrder) await guardian.stop(STOP_LIMIT_MS)
    release()
  }
  try {
    await endLeftOvers(dataDir)
    const place = { ...options, dataDir, binaryDir: resolve(options.binaryDir), begun }
    const started = await Promise.allSettled([
      want.mongod ? provide('mongod', place) : null,
      want.redis ? provide('redis', place) : null,
    ])
    const failed = started.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
    const [mongodPort, redisPort] = started.map((result) => (result.status === 'fulfilled' ? result.value : null))
    return {
      mongodbUri: mongodPort ? mongodbUriOf(mongodPort) : null,
      redisUrl: redisPort ? redisUrlOf(redisPort) : null,
      stop,
      kill: () => begun.forEach((guardian) => void guardian.kill()),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A supervisor that was killed may have left its servers behind on systems that do not end them with it. */
async function endLeftOvers(dataDir: string): Promise<void> {
  const { mongod, redis } = readRecord(dataDir)
  await Promise.all([endLeftOver(mongod?.pid, dataDir), endLeftOver(redis?.pid, dataDir)])
}

type Kind = 'mongod' | 'redis'
interface Place extends ServersOptions {
  begun: Guardian[]
}

const STARTERS = { mongod: startMongod, redis: startRedis }
const FINDERS = { mongod: findMongod, redis: findRedis }
const NAMES = { mongod: 'MongoDB', redis: 'Redis' }

/** Finds the program, starts it on the port of last time or a new one, and answers the port. */
async function provide(kind: Kind, place: Place): Promise<number> {
  const { dataDir, binaryDir, say } = place
  const served = readRecord(dataDir)[kind]
  const binary = await FINDERS[kind]({ binaryDir, served, say })
  let port = await keepOrFindPort(served?.port)
  for (let attempt = 1; ; attempt++) {
    try {
      await guard(kind, place, { binary, port })
      return port
    } catch (error) {
      // Another program may have taken the port between our look and the server's.
      const isStartFailure = error instanceof AppError && error.code === `embedded.${kind}-failed`
      if (!isStartFailure || attempt === PORT_ATTEMPTS) throw error
      port = await findFreePort()
    }
  }
}

async function guard(kind: Kind, place: Place, found: { binary: Binary; port: number }): Promise<void> {
  const { binary, port } = found
  const { dataDir, say, giveUp } = place
  const at: ServerPlace = { binary: binary.path, dataDir, port }
  const served: ServerRecord = { engine: binary.engine, version: binary.version, port, binary: binary.path }
  const guardian = new Guardian({
    name: NAMES[kind],
    say,
    giveUp,
    start: () => STARTERS[kind](at),
    onStart: ({ pid }) =>
      writeRecord(dataDir, { ...readRecord(dataDir), [kind]: pid === undefined ? served : { ...served, pid } }),
  })
  await guardian.begin()
  place.begun.push(guardian)
}
