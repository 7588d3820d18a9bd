/** Reads the configuration and becomes one of two things: a role (web, worker, all) or the trial's supervisor. */
import { fileURLToPath } from 'node:url'
import {
  type Config,
  createLogger,
  describeStartFailure,
  loadConfig,
  operatorSignals,
  runUntilStopped,
  supervise,
} from './platform/index.ts'

const entry = fileURLToPath(import.meta.url)

async function main(): Promise<void> {
  const config = loadConfig()
  if (config.mongodbUri && config.redisUrl) return runRole(config)
  return runTrial(config)
}

async function runRole(config: Config): Promise<void> {
  const log = createLogger(config.logLevel, config.role)
  // Loaded here, so that the supervisor starts without the whole house in its memory.
  const { startRole } = await import('./compose.ts')
  const start = async () => {
    const role = await startRole(config, log)
    // A role under the supervisor is announced by it; one in a container speaks JSON only.
    if (!process.send && config.mode === 'trial' && config.role !== 'worker')
      console.log(`Mahakam siap: ${config.baseUrl}`)
    return role
  }
  await runUntilStopped(start, log, config.stopTimeoutMs)
}

async function runTrial(config: Config): Promise<void> {
  const { stop, hurry, ask } = operatorSignals()
  stopWithNpm(ask)
  const say = (line: string) => console.log(line)
  say('Mahakam – uji coba: data rekaan, hanya dapat dibuka dari komputer ini.')
  const watched = entry.endsWith('.ts') ? ['src', 'workflows', 'templates'] : []
  await supervise({ config, entry, say, watched, stop, hurry })
  process.exit(0)
}

/** Under `npm start` the parent is npm; when it was killed nobody is left to press Ctrl-C. */
function stopWithNpm(ask: () => void): void {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    ask()
  }, 500)
  watch.unref()
}

main().catch((error: unknown) => {
  const { text, exitCode } = describeStartFailure(error)
  console.error(text)
  process.exit(exitCode)
})
