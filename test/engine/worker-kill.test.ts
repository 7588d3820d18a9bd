import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { Redis } from 'ioredis'
import mongoose from 'mongoose'
import { createEngine, type RunningEngine } from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { opinion, person, request, stampActivity } from './sample.ts'
import { wallCalendar } from './wall-calendar.ts'

const clerk = person('Citra', 'unit-a.clerk', 'unit-a', 'clerk')

describe('worker', function () {
  this.timeout(60_000)
  const database = `t-${randomUUID().slice(0, 8)}`
  const prefix = `{${database}}`
  const workers: ChildProcess[] = []
  let connection: mongoose.Connection
  let engine: RunningEngine
  let redis: Redis

  const startWorker = async (stampMs: number): Promise<ChildProcess> => {
    const child = fork(new URL('./worker-process.ts', import.meta.url), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, DATABASE: database, PREFIX: prefix, STAMP_MS: String(stampMs) },
    })
    workers.push(child)
    await new Promise((resolve) => child.once('message', resolve))
    return child
  }

  const eventually = async (what: string, is: () => Promise<boolean>): Promise<void> => {
    for (let tries = 0; tries < 300; tries++) {
      if (await is()) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    expect.fail(`${what} did not come about`)
  }

  before(async function () {
    if (!process.env.MONGODB_URI || !process.env.REDIS_URL) return this.skip()
    connection = await mongoose.createConnection(process.env.MONGODB_URI, { dbName: database }).asPromise()
    redis = new Redis(process.env.REDIS_URL, { enableOfflineQueue: false })
    await new Promise((resolve) => redis.once('ready', resolve))
    engine = await createEngine({
      db: connection.db as mongoose.mongo.Db,
      workflows: [request, opinion],
      activities: [stampActivity(async () => 0, false)],
      log: createLogger('silent', 'test'),
      calendarOf: () => wallCalendar,
      describeHolders: async () => [],
      queue: { producer: redis, prefix },
    })
  })
  after(async () => {
    for (const worker of workers) worker.kill('SIGKILL')
    await engine?.stop()
    redis?.disconnect()
    await connection?.dropDatabase()
    await connection?.close()
  })

  const begin = async () => {
    const data = { unit: 'unit-a', title: `T ${randomUUID()}`, judges: [] }
    return engine.start({ workflow: 'request', data, actor: clerk, idempotencyKey: randomUUID() })
  }
  const begun = (title: unknown) => connection.collection('begun').countDocuments({ title })

  it('takes over what a killed worker held, and the answer counts once', async () => {
    const first = await startWorker(20_000)
    const { _id, context } = await begin()
    await eventually('the work', async () => (await begun(context.title)) === 1)
    first.kill('SIGKILL')
    await startWorker(50)
    await eventually('the answer', async () => (await engine.read(_id, clerk)).value === 'review')
    expect(await begun(context.title)).to.equal(2)
    const audit = await engine.audit(_id, clerk)
    expect(audit.filter((entry) => entry.kind === 'activity')).to.have.length(1)
    expect((await engine.verify(_id)).valid).to.equal(true)
  })

  it('offers the work again after the queue lost everything', async () => {
    for (const worker of workers) worker.kill('SIGKILL')
    const { _id } = await begin()
    const keys = await redis.keys(`${prefix}:*`)
    if (keys.length > 0) await redis.del(keys)
    await startWorker(10)
    await eventually('the answer', async () => (await engine.read(_id, clerk)).value === 'review')
  })
})
