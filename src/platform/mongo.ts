import mongoose from 'mongoose'
import { waitForTcp } from './embedded/ports.ts'
import { AppError, unavailable, unprocessable } from './errors.ts'
import type { Logger } from './log.ts'

const OLDEST_MAJOR = 6
const CONNECT_LIMIT_MS = 20_000

/**
 * Connects to a replica set of MongoDB 6 or newer and proves that it is one; waits `limitMs` for it to answer.
 * @throws mongodb.unreachable, mongodb.not-a-replica-set, mongodb.too-old
 */
export async function connectMongo(
  uri: string,
  log: Logger,
  limitMs: number = CONNECT_LIMIT_MS,
): Promise<mongoose.Connection> {
  await waitForAddress(uri, limitMs)
  const connection = mongoose.createConnection(uri, { serverSelectionTimeoutMS: limitMs, autoIndex: false })
  try {
    await connection.asPromise()
    await checkMongo(connection)
  } catch (cause) {
    await connection.close(true).catch(() => {})
    if (cause instanceof AppError) throw cause
    throw unavailable('mongodb.unreachable', 'MongoDB does not answer', { cause })
  }
  connection.on('error', (error: Error) => log.warn({ problem: error.message }, 'mongodb.error'))
  let isClosing = false
  connection.once('disconnecting', () => {
    isClosing = true
  })
  connection.on('disconnected', () => isClosing || log.warn('mongodb.disconnected'))
  connection.on('reconnected', () => log.info('mongodb.reconnected'))
  return connection
}

/** @throws mongodb.not-a-replica-set, mongodb.too-old */
export async function checkMongo(connection: mongoose.Connection): Promise<void> {
  const admin = connection.db?.admin()
  if (!admin) throw unavailable('mongodb.unreachable', 'MongoDB is not connected')
  const hello = await admin.command({ hello: 1 })
  if (!hello.setName && hello.msg !== 'isdbgrid') {
    throw unprocessable('mongodb.not-a-replica-set', 'MongoDB must run as a replica set (one node is enough)')
  }
  const { version } = await admin.command({ buildInfo: 1 })
  if (Number.parseInt(String(version), 10) < OLDEST_MAJOR) {
    throw unprocessable('mongodb.too-old', `MongoDB ${version} is too old; ${OLDEST_MAJOR} or newer is needed`, {
      details: { version, oldest: OLDEST_MAJOR },
    })
  }
}

/**
 * Waits for the port of a single address first: a client whose very first connect timed out never recovers.
 * Lists of hosts and SRV names are left to the driver, which knows which of them matter.
 */
async function waitForAddress(uri: string, limitMs: number): Promise<void> {
  const single = /^mongodb:\/\/(?:[^@/]*@)?(\[[^\]]+\]|[^:,/?[]+)(?::(\d+))?(?:[/?]|$)/.exec(uri)
  if (!single) return
  const host = (single[1] ?? '').replace(/^\[|\]$/g, '')
  const port = Number(single[2] ?? 27_017)
  if (await waitForTcp({ host, port }, limitMs)) return
  throw unavailable('mongodb.unreachable', `nobody answers at ${host}:${port}`, { details: { host, port } })
}
