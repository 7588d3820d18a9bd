import { Redis } from 'ioredis'
import { unavailable, unprocessable } from './errors.ts'

export type RedisPurpose = 'producer' | 'worker' | 'plain'

const OLDEST: [number, number] = [6, 2]

/**
 * A connection for one purpose. A producer refuses at once while Redis is away, because a person waits and the sweeper
 * offers again later; a worker waits for ever; a plain one gives a command up after one reconnection.
 * Reconnects after 100 ms to 2 s, without end.
 */
export function createRedis(url: string, purpose: RedisPurpose): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: purpose !== 'producer',
    maxRetriesPerRequest: purpose === 'worker' ? null : 1,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(100 * 2 ** Math.min(attempt - 1, 5), 2_000),
  })
  // Without a listener every lost connection would be printed as unhandled; readiness tells it instead.
  redis.on('error', () => {})
  return redis
}

/**
 * Makes sure the server keeps what it is given and is new enough for BullMQ.
 * @throws redis.unreachable, redis.too-old, redis.evicts
 */
export async function checkRedis(redis: Redis): Promise<void> {
  const info = await redis.info('server').catch((cause: unknown) => {
    throw unavailable('redis.unreachable', 'Redis does not answer', { cause })
  })
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? '0.0'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw unprocessable('redis.too-old', `Redis ${version} is too old; ${OLDEST.join('.')} or newer is needed`, {
      details: { version, oldest: OLDEST.join('.') },
    })
  }
  const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1] ?? 'unknown'
  if (policy !== 'noeviction') {
    throw unprocessable('redis.evicts', `Redis evicts jobs: maxmemory-policy is ${policy}, it must be noeviction`, {
      details: { policy },
    })
  }
}
