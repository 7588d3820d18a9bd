import { watch } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../config.ts'
import { conflict, unavailable } from '../errors.ts'
import { Guardian } from './guardian.ts'
import { refuseIfOwned } from './owner.ts'
import { isPortFree } from './ports.ts'
import { spawnRole } from './role-process.ts'
import type { Say } from './say.ts'
import { type EmbeddedServers, startServers } from './servers.ts'

/** Web and worker together get 5 s, Redis and MongoDB stop within moments: all in all below 10 s. */
const ROLE_STOP_LIMIT_MS = 2_500
const READY_LIMIT_MS = 15 * 60_000
const STILL_WORKING_MS = 15_000
/** A role that dies at once, again and again, before it was ever ready will not get better by waiting. */
const DEATHS_MAX_BEFORE_READY = 3
const DEATHS_MAX = 10

export interface SupervisorOptions {
  config: Config
  /** The program's entry; started again with MAHAKAM_ROLE for each role. */
  entry: string
  say: Say
  /** Folders whose changes start the roles again (development). */
  watched?: string[]
  /** Aborted by the operator's signal; a second abort of `hurry` cuts the stop short. */
  stop: AbortSignal
  hurry: AbortSignal
}

/**
 * Runs the trial: servers, web and worker, each started again when it dies, until `stop` is aborted.
 * @throws embedded.owned, embedded.port-busy, embedded.role-failed, and what `startServers` throws; nothing is left running then
 */
export async function supervise(options: SupervisorOptions): Promise<void> {
  const { config, say, stop, hurry } = options
  // A second start is told who has the data before it is told that the port is taken, which follows from it.
  refuseIfOwned(config.dataDir)
  if (!(await isPortFree(config.port, config.host))) {
    throw conflict('embedded.port-busy', `port ${config.port} is taken`, { details: { port: config.port } })
  }
  const failure = new AbortController()
  const giveUp = (name: string) =>
    failure.abort(unavailable('embedded.role-failed', `${name} keeps dying`, { details: { name } }))
  const servers = await startServers({
    ...{ dataDir: config.dataDir, binaryDir: config.binaryDir, say, giveUp },
    want: { mongod: !config.mongodbUri, redis: !config.redisUrl },
  })
  const roles = guardRoles(options, servers, giveUp)
  hurry.addEventListener('abort', () => roles.list.forEach((role) => void role.kill()), { once: true })
  try {
    for (const role of roles.list) if (!stop.aborted) await role.begin()
    const ended = AbortSignal.any([stop, failure.signal])
    await waitUntilReady(config, ended, say)
    if (!ended.aborted) {
      roles.markReady()
      say(`Mahakam siap: http://127.0.0.1:${config.port}`)
      await aborted(ended)
    }
    failure.signal.throwIfAborted()
    say('Menghentikan Mahakam …')
  } finally {
    for (const role of roles.list) await role.stop(ROLE_STOP_LIMIT_MS)
    await servers.stop()
  }
}

function guardRoles(options: SupervisorOptions, servers: EmbeddedServers, giveUp: (name: string) => void) {
  const { config, entry, say, watched = [] } = options
  let isReady = false
  const env = {
    ...process.env,
    MONGODB_URI: config.mongodbUri ?? servers.mongodbUri ?? '',
    REDIS_URL: config.redisUrl ?? servers.redisUrl ?? '',
  }
  const list = (['web', 'worker'] as const).map(
    (role) =>
      new Guardian({
        name: role,
        say,
        giveUp,
        deathsMax: () => (isReady ? DEATHS_MAX : DEATHS_MAX_BEFORE_READY),
        start: async () => spawnRole({ role, entry, env, dataDir: config.dataDir, say }),
      }),
  )
  watchFolders(watched, () => {
    say('Sumber berubah, web dan worker dijalankan lagi …')
    for (const role of list) role.renew(ROLE_STOP_LIMIT_MS).catch(() => {})
  })
  const markReady = () => {
    isReady = true
  }
  return { list, markReady }
}

/** Calls `onChange` once for a burst of changes. */
function watchFolders(folders: string[], onChange: () => void): void {
  let timer: NodeJS.Timeout | undefined
  for (const folder of folders) {
    watch(folder, { recursive: true, persistent: false }, () => {
      clearTimeout(timer)
      timer = setTimeout(onChange, 200)
    })
  }
}

async function waitUntilReady({ port }: Config, stop: AbortSignal, say: Say): Promise<void> {
  const begun = Date.now()
  let lastWord = begun
  while (!stop.aborted) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(4_000) }).catch(
      () => null,
    )
    await answer?.body?.cancel()
    if (answer?.ok) return
    const now = Date.now()
    if (now - begun > READY_LIMIT_MS) throw unavailable('embedded.role-failed', 'web does not become ready')
    if (now - lastWord > STILL_WORKING_MS) {
      lastWord = now
      say('Masih menyiapkan …')
    }
    await pause(100)
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
