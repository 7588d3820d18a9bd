import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'

export interface FreshDatabase {
  connection: mongoose.Connection
  /** The same database as an address, for parts that connect by themselves. */
  uri: string
  drop(): Promise<void>
}

/**
 * Skips the suite with a warning when the servers it needs are not there, or fails when they were promised
 * (`REQUIRE_SERVICES=1`). Call it first in a `before` hook.
 */
export function needServices(context: Mocha.Context, ...names: ('MONGODB_URI' | 'REDIS_URL')[]): void {
  const missing = names.filter((name) => !process.env[name])
  if (missing.length === 0) return
  const text = `${missing.join(' and ')} not set: run "npm test", or "npm run services" and export what it prints`
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(text)
  console.warn(`SKIPPED ${context.test?.parent?.title ?? ''}: ${text}`)
  context.skip()
}

/** An empty database of its own on the test server. @throws Error when MONGODB_URI is not set */
export async function freshDatabase(): Promise<FreshDatabase> {
  const base = process.env.MONGODB_URI
  if (!base) throw new Error('MONGODB_URI is not set; call needServices first')
  const address = new URL(base)
  address.pathname = `/test-${randomUUID().slice(0, 8)}`
  const connection = await mongoose.createConnection(address.href, { autoIndex: false }).asPromise()
  return {
    connection,
    uri: address.href,
    async drop() {
      await connection.dropDatabase()
      await connection.close()
    },
  }
}

/** The test server's Redis. @throws Error when REDIS_URL is not set */
export function testRedisUrl(): string {
  const url = process.env.REDIS_URL
  if (!url) throw new Error('REDIS_URL is not set; call needServices first')
  return url
}

/** A queue prefix nobody else uses, with the hash tag that keeps its keys in one slot. */
export const freshQueuePrefix = (): string => `{test-${randomUUID().slice(0, 8)}}`
