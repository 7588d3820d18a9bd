import { expect } from 'chai'
import { checkRedis, connectMongo, createLogger, createRedis } from '../../src/platform/index.ts'
import { freshDatabase, needServices, testRedisUrl } from '../support/services.ts'

const log = createLogger('silent', 'test')
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  )

describe('server checks', () => {
  before(function () {
    needServices(this, 'MONGODB_URI', 'REDIS_URL')
  })

  it('accepts a replica set and commits a transaction on it', async () => {
    const { uri, drop } = await freshDatabase()
    const connection = await connectMongo(uri, log)
    try {
      await connection.createCollection('notes')
      await connection.transaction(async (session) => {
        await connection.collection('notes').insertOne({ text: 'kept' }, { session })
      })
      expect(await connection.collection('notes').countDocuments()).to.equal(1)
    } finally {
      await connection.close()
      await drop()
    }
  })

  it('names the port when nobody answers there', async () => {
    const uri = 'mongodb://127.0.0.1:1/none?directConnection=true'
    expect(await codeOf(connectMongo(uri, log, 300))).to.equal('mongodb.unreachable')
  })

  it('accepts a Redis that keeps its keys and refuses one that evicts them', async () => {
    const redis = createRedis(testRedisUrl(), 'plain')
    try {
      await checkRedis(redis)
      await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
      expect(await codeOf(checkRedis(redis))).to.equal('redis.evicts')
    } finally {
      await redis.config('SET', 'maxmemory-policy', 'noeviction')
      redis.disconnect()
    }
  })

  it('refuses a producer at once while Redis is away', async () => {
    const redis = createRedis('redis://127.0.0.1:1', 'producer')
    const begun = Date.now()
    expect(await codeOf(redis.ping())).to.match(/writeable|closed/i)
    expect(Date.now() - begun).to.be.lessThan(500)
    redis.disconnect()
  })
})
