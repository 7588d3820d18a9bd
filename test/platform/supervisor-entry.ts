/** A small program in the place of the product: the supervisor's test needs its processes, not its rooms. */
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import mongoose from 'mongoose'
import {
  createLogger,
  createRedis,
  describeStartFailure,
  loadConfig,
  operatorSignals,
  runUntilStopped,
  supervise,
} from '../../src/platform/index.ts'

const config = loadConfig()

/** Ready when a value goes through both servers. */
async function startRole() {
  const mongo = await mongoose.createConnection(config.mongodbUri ?? '').asPromise()
  const redis = createRedis(config.redisUrl ?? '', 'plain')
  await mongo.collection('starts').insertOne({ role: config.role, pid: process.pid })
  await redis.incr('starts')
  const server = createServer(async (_request, response) => {
    response.end(JSON.stringify({ pid: process.pid, starts: await mongo.collection('starts').countDocuments() }))
  })
  if (config.role === 'web') await new Promise<void>((done) => server.listen(config.port, config.host, done))
  return {
    async stop() {
      server.close()
      server.closeAllConnections()
      await mongo.close()
      redis.disconnect()
    },
  }
}

try {
  if (config.mongodbUri) await runUntilStopped(startRole, createLogger('info', config.role), config.stopTimeoutMs)
  const { stop, hurry } = operatorSignals()
  const say = (line: string) => console.log(line)
  await supervise({ config, entry: fileURLToPath(import.meta.url), say, stop, hurry })
  process.exit(0)
} catch (error) {
  const { text, exitCode } = describeStartFailure(error)
  console.error(text)
  process.exit(exitCode)
}
