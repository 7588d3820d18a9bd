import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import mongoose from 'mongoose'
import { unavailable } from '../errors.ts'
import { waitForTcp } from './ports.ts'
import { hasEnded, spawnServer, stopChild } from './processes.ts'

export const REPLICA_SET = 'mahakam'
const START_LIMIT_MS = 60_000
/** Server error codes of `replSetGetStatus`. */
const NOT_YET_INITIALIZED = 94
const INVALID_REPLICA_SET_CONFIG = 93

export interface ServerPlace {
  binary: string
  dataDir: string
  port: number
}

/** One node is a whole set, so its address may be taken literally; a real set must be discovered instead. */
export const mongodbUriOf = (port: number) => `mongodb://127.0.0.1:${port}/mahakam?directConnection=true`

/** Starts a journaled single-node replica set on loopback and waits until it is primary. @throws embedded.mongod-failed */
export async function startMongod({ binary, dataDir, port }: ServerPlace): Promise<ChildProcess> {
  const dbPath = join(dataDir, 'mongo')
  const logFile = join(dataDir, 'logs', 'mongod.log')
  mkdirSync(dbPath, { recursive: true })
  const child = spawnServer(binary, mongodArguments(dbPath, port), logFile)
  try {
    const answers = await waitForTcp({ host: '127.0.0.1', port }, START_LIMIT_MS, () => hasEnded(child))
    if (!answers || hasEnded(child)) throw new Error('mongod ended while starting')
    await becomePrimary(port, child)
    return child
  } catch (cause) {
    await stopChild(child, 10_000)
    throw unavailable('embedded.mongod-failed', `mongod did not start; see ${logFile}`, {
      details: { logFile, port },
      cause,
    })
  }
}

/** Small files: an empty store takes 17 MB instead of 300. */
function mongodArguments(dbPath: string, port: number): string[] {
  return [
    ...['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', REPLICA_SET],
    ...['--nounixsocket', '--oplogSize', '512', '--wiredTigerCacheSizeGB', '0.5'],
    ...['--wiredTigerEngineConfigString', 'log=(prealloc=false,file_max=16MB)'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Nobody else could take over, so waiting for a successor at the stop would be waiting for nothing.
    ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'],
    // A killed process leaves its transaction open on the server; ours take milliseconds, so nobody waits a minute.
    ...['--setParameter', 'transactionLifetimeLimitSeconds=5'],
  ]
}

/**
 * Brings the set to "primary at this port". The set's own configuration holds host and port: on another port the
 * node calls itself removed and drops connections in the middle of calls, hence a loop that starts afresh on errors.
 */
async function becomePrimary(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS
  let last: unknown
  while (Date.now() < deadline && !hasEnded(child)) {
    const client = new mongoose.mongo.MongoClient(mongodbUriOf(port), { serverSelectionTimeoutMS: 2_000 })
    try {
      if (await stepTowardsPrimary(client.db('admin'), port)) return
    } catch (error) {
      last = error
    } finally {
      await client.close().catch(() => {})
    }
    await pause(50)
  }
  throw new Error('mongod did not become primary', { cause: last })
}

async function stepTowardsPrimary(admin: mongoose.mongo.Db, port: number): Promise<boolean> {
  const host = `127.0.0.1:${port}`
  const hello = await admin.command({ hello: 1 })
  if (hello.isWritablePrimary && hello.me === host) return true
  const problem = await admin.command({ replSetGetStatus: 1 }).then(
    () => null,
    (error: { code?: number }) => error.code,
  )
  if (problem === NOT_YET_INITIALIZED) {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host }] } })
  } else if (problem === INVALID_REPLICA_SET_CONFIG || (hello.isWritablePrimary && hello.me !== host)) {
    const { config } = await admin.command({ replSetGetConfig: 1 })
    const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] }
    await admin.command({ replSetReconfig: moved, force: true })
  }
  return false
}
