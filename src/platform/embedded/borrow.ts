import type { Config } from '../config.ts'
import { unavailable } from '../errors.ts'
import { mongodbUriOf } from './mongod.ts'
import { findOwner } from './owner.ts'
import { answersTcp } from './ports.ts'
import { readRecord } from './record.ts'
import { redisUrlOf } from './redis-server.ts'
import type { Say } from './say.ts'
import { startServers } from './servers.ts'

export interface BorrowedServers {
  mongodbUri: string
  redisUrl: string
  /** Stops only what was started for this occasion. */
  stop(): Promise<void>
}

/**
 * The servers a command of the operator works on: the configured ones, those of the trial that runs on this data
 * directory, or ones started for as long as the command takes.
 * @throws embedded.starting when the running trial has not got its servers up yet, and what `startServers` throws
 */
export async function borrowServers(config: Config, say: Say): Promise<BorrowedServers> {
  const { mongodbUri, redisUrl, dataDir, binaryDir } = config
  if (mongodbUri && redisUrl) return { mongodbUri, redisUrl, stop: async () => {} }
  if (findOwner(dataDir)) return ofRunningTrial(config)
  const want = { mongod: !mongodbUri, redis: !redisUrl }
  const started = await startServers({ dataDir, binaryDir, say, want, giveUp: (name) => say(`${name} terus gagal`) })
  return {
    mongodbUri: mongodbUri ?? started.mongodbUri ?? '',
    redisUrl: redisUrl ?? started.redisUrl ?? '',
    stop: started.stop,
  }
}

async function ofRunningTrial({ dataDir, ...config }: Config): Promise<BorrowedServers> {
  const { mongod, redis } = readRecord(dataDir)
  const ports = [config.mongodbUri ? undefined : mongod?.port, config.redisUrl ? undefined : redis?.port]
  const answers = await Promise.all(ports.map((port) => port === undefined || answersTcp('127.0.0.1', port, 1_000)))
  if (!answers.every(Boolean) || !((mongod || config.mongodbUri) && (redis || config.redisUrl))) {
    throw unavailable('embedded.starting', `the trial on ${dataDir} is still starting`, { details: { dataDir } })
  }
  return {
    mongodbUri: config.mongodbUri ?? mongodbUriOf(mongod?.port ?? 0),
    redisUrl: config.redisUrl ?? redisUrlOf(redis?.port ?? 0),
    stop: async () => {},
  }
}
