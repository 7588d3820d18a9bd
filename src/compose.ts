import { mkdir } from 'node:fs/promises'
import { ensureDemo, pastIsPlayed } from './demo.ts'
import { createApp, listen } from './http/index.ts'
import { type Config, checkRedis, connectMongo, createRedis, type Logger } from './platform/index.ts'
import { readiness } from './readiness.ts'
import { buildRooms, type Rooms } from './rooms.ts'
import { webParts } from './web.ts'

const FILE_SWEEP_MS = 3_600_000

/** A running role; `stop` ends it in order. */
export interface RunningRole {
  stop(): Promise<void>
}

/** Cleans unattached files now and then; any number of processes may. */
function sweepFiles({ documents }: Rooms, log: Logger): NodeJS.Timeout {
  const round = () => documents.sweep().catch((error: Error) => log.warn({ err: error.message }, 'files.sweep-failed'))
  return setInterval(() => void round(), FILE_SWEEP_MS).unref()
}

/**
 * Connects, builds the rooms and starts what the role asks for: `web` answers people and does quick work of its own
 * commits, `worker` runs the queue and the sweeper, `all` does both.
 * @throws AppError mongodb.*, redis.* when a server is not fit for use
 */
export async function startRole(config: Config, log: Logger): Promise<RunningRole> {
  if (!config.mongodbUri || !config.redisUrl) throw new Error('a role needs its servers')
  await mkdir(config.dataDir, { recursive: true })
  const connection = await connectMongo(config.mongodbUri, log)
  const producer = createRedis(config.redisUrl, 'producer')
  const plain = createRedis(config.redisUrl, 'plain')
  await checkRedis(plain)
  const isWorker = config.role !== 'web'
  const working = isWorker ? createRedis(config.redisUrl, 'worker') : null
  const queue = { producer, prefix: config.queuePrefix }
  const isTrial = config.mode === 'trial'
  if (isTrial) await ensureDemo(connection, config, log)
  const rooms = await buildRooms({
    connection,
    config,
    log,
    queue,
    ...(isWorker && { worker: { connection: working } }),
    ...(isTrial && { maySweep: pastIsPlayed(connection) }),
  })
  const sweep = isWorker ? sweepFiles(rooms, log) : undefined
  if (isWorker) rooms.timing.follow()
  const app =
    config.role === 'worker'
      ? null
      : createApp(await webParts(rooms, config, log, () => readiness(connection, plain, rooms.engine)))
  const server = app && (await listen(app, { port: config.port, host: config.host }))
  log.info({ port: server?.port }, 'role.started')
  return {
    async stop() {
      clearInterval(sweep)
      await server?.close(config.stopTimeoutMs)
      await rooms.timing.stop()
      await rooms.engine.stop()
      rooms.documents.close()
      for (const redis of [producer, plain, working]) redis?.disconnect()
      await connection.close()
      log.info('role.stopped')
    },
  }
}
