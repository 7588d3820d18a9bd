import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { nodeArguments } from './node-program.ts'
import { followingParent } from './processes.ts'
import type { Say } from './say.ts'

const WARN_LEVEL = 40

export interface RoleOptions {
  role: 'web' | 'worker'
  /** The program's entry, which acts by its environment. */
  entry: string
  env: NodeJS.ProcessEnv
  dataDir: string
  say: Say
}

/**
 * Starts one role as a process of its own that dies with this one: at once where the kernel does it, otherwise when
 * the channel between the two closes. Its log goes to `logs/<role>.log`; warnings also, in one line, to the console.
 */
export function spawnRole({ role, entry, env, dataDir, say }: RoleOptions): ChildProcess {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true })
  const log = createWriteStream(join(folder, `${role}.log`), { flags: 'a' })
  const [command, args] = followingParent('KILL', process.execPath, [...nodeArguments(entry), entry])
  const child = spawn(command, args, {
    env: { ...env, MAHAKAM_ROLE: role },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  })
  child.on('error', (error) => say(`${role}: ${error.message}`))
  child.on('message', (message) => {
    if (isAnnouncement(message)) say(message.say)
  })
  child.stdout && copyLines(child.stdout, log, (line) => warnAbout(line, role, say))
  child.stderr &&
    copyLines(child.stderr, log, (line) => /^\S*(Error|refus|tolak)/i.test(line) && say(`${role}: ${line}`))
  child.once('close', () => log.end())
  return child
}

const isAnnouncement = (message: unknown): message is { say: string } =>
  typeof message === 'object' && message !== null && 'say' in message && typeof message.say === 'string'

function copyLines(from: NodeJS.ReadableStream, log: WriteStream, look: (line: string) => void): void {
  createInterface({ input: from }).on('line', (line) => {
    log.write(`${line}\n`)
    look(line)
  })
}

function warnAbout(line: string, role: string, say: Say): void {
  try {
    const { level, msg, code, problem, err } = JSON.parse(line)
    if (typeof level !== 'number' || level < WARN_LEVEL) return
    const why = code ?? problem ?? err?.message
    say(`${role}: ${msg}${why ? ` (${String(why).slice(0, 160)})` : ''}`)
  } catch {
    // Not one of our own lines; it is in the file.
  }
}
