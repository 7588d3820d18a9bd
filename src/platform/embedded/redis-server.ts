import type { ChildProcess } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { unavailable } from '../errors.ts'
import { createRedis } from '../redis.ts'
import type { ServerPlace } from './mongod.ts'
import { waitForTcp } from './ports.ts'
import { hasEnded, spawnServer, stopChild } from './processes.ts'

const START_LIMIT_MS = 30_000

export const redisUrlOf = (port: number) => `redis://127.0.0.1:${port}`

/** Starts a Redis or Valkey on loopback that writes its log every second and never evicts. @throws embedded.redis-failed */
export async function startRedis({ binary, dataDir, port }: ServerPlace): Promise<ChildProcess> {
  const folder = join(dataDir, 'redis')
  const logFile = join(dataDir, 'logs', 'redis.log')
  mkdirSync(folder, { recursive: true })
  const child = spawnServer(binary, redisArguments(folder, port), logFile)
  try {
    const answers = await waitForTcp({ host: '127.0.0.1', port }, START_LIMIT_MS, () => hasEnded(child))
    if (!answers || hasEnded(child)) throw new Error('the server ended while starting')
    await waitUntilLoaded(port, child)
    return child
  } catch (cause) {
    await stopChild(child, 5_000)
    throw unavailable('embedded.redis-failed', `${binary} did not start; see ${logFile}`, {
      details: { logFile, port },
      cause,
    })
  }
}

function redisArguments(folder: string, port: number): string[] {
  return [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no'],
    ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'],
    // Keeps the folder in the command line, by which a left-over server is recognised as ours.
    ...['--set-proc-title', 'no'],
  ]
}

/** A server that still reads its log answers LOADING. */
async function waitUntilLoaded(port: number, child: ChildProcess): Promise<void> {
  const redis = createRedis(redisUrlOf(port), 'plain')
  try {
    const deadline = Date.now() + START_LIMIT_MS
    while (Date.now() < deadline && !hasEnded(child)) {
      const answer = await redis.ping().catch(() => null)
      if (answer === 'PONG') return
      await pause(50)
    }
    throw new Error('the server does not answer')
  } finally {
    redis.disconnect()
  }
}
