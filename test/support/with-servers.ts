import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { findOwner } from '../../src/platform/embedded/owner.ts'
import { startServers } from '../../src/platform/embedded/servers.ts'

const RUNS_MAX = 8

export interface ServedRun {
  /** Emptied before the run. */
  dataDir: string
  /** This process's environment with the addresses of the servers. */
  env: NodeJS.ProcessEnv
}

/**
 * Starts servers in an emptied data directory of their own, does `work`, and stops them again whatever happens.
 * A second run beside this one gets the next directory.
 */
export async function withServers<T>(folder: string, work: (run: ServedRun) => Promise<T>): Promise<T> {
  const dataDir = chooseDataDir(folder)
  const binaryDir = resolve(process.env.MAHAKAM_BINARY_DIR ?? '.data/bin')
  rmSync(dataDir, { recursive: true, force: true })
  const servers = await startServers({
    dataDir,
    binaryDir,
    say: (line) => console.error(line),
    giveUp: (name) => console.error(`${name} keeps dying; see ${dataDir}/logs`),
  })
  const addresses = { MONGODB_URI: servers.mongodbUri ?? '', REDIS_URL: servers.redisUrl ?? '' }
  try {
    return await work({ dataDir, env: { ...process.env, ...addresses, MAHAKAM_BINARY_DIR: binaryDir } })
  } finally {
    await servers.stop()
  }
}

function chooseDataDir(folder: string): string {
  for (let number = 1; number <= RUNS_MAX; number++) {
    const candidate = resolve(number === 1 ? folder : `${folder}-${number}`)
    if (!findOwner(candidate)) return candidate
  }
  throw new Error(`${RUNS_MAX} runs are going on already in ${folder}`)
}

/** Runs Node with this console until it ends, and answers its exit code; signals are passed on. */
export function runNode(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child: ChildProcess = spawn(process.execPath, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}
