import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * True when this kernel can end a child together with its parent, however the parent ends (Linux, util-linux).
 * Elsewhere a left-over server is found by its recorded pid at the next start.
 */
const canFollowParent = (() => {
  let known: boolean | undefined
  return () => {
    known ??= process.platform === 'linux' && spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0
    return known
  }
})()

/** The command line that runs `command` and has the kernel send it `signal` when this process dies, where possible. */
export const followingParent = (signal: 'TERM' | 'KILL', command: string, args: string[]): [string, string[]] =>
  canFollowParent() ? ['setpriv', ['--pdeathsig', signal, '--', command, ...args]] : [command, args]

const LOG_BYTES_MAX = 20 * 1024 * 1024

/** Starts a server whose output goes to `logFile` and which is told to stop when this process dies. */
export function spawnServer(command: string, args: string[], logFile: string): ChildProcess {
  mkdirSync(dirname(logFile), { recursive: true })
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`)
  const out = openSync(logFile, 'a')
  const [file, rest] = followingParent('TERM', command, args)
  // Its own process group: Ctrl-C at the terminal must reach the supervisor alone, which stops the four in order.
  const child = spawn(file, rest, { stdio: ['ignore', out, out], detached: true })
  closeSync(out)
  child.on('error', () => {})
  return child
}

export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

/** Resolves once the child is gone, or with false after `limitMs`. */
export function waitForEnd(child: ChildProcess, limitMs: number): Promise<boolean> {
  if (hasEnded(child) || child.pid === undefined) return Promise.resolve(true)
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}

/** Asks a child to stop, and kills it when it has not within `limitMs`. */
export async function stopChild(child: ChildProcess, limitMs: number): Promise<void> {
  if (hasEnded(child)) return
  child.kill('SIGTERM')
  if (await waitForEnd(child, limitMs)) return
  child.kill('SIGKILL')
  await waitForEnd(child, 2_000)
}

/** Whether a process of this number exists (also when it belongs to another user). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  return (
    readProc(`/proc/${pid}/stat`)
      ?.replace(/^.*\) /s, '')
      .startsWith('Z') ?? false
  )
}

/** When the process began, in kernel ticks of this boot: a number that a reused pid does not share. Linux only. */
export function birthOf(pid: number): string | null {
  const stat = readProc(`/proc/${pid}/stat`)
  const boot = readProc('/proc/sys/kernel/random/boot_id')
  if (!stat || !boot) return null
  // Fields after the command name, which is in brackets and may hold spaces; the start time is the 22nd of all.
  const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return `${boot.trim()}:${ticks}`
}

/**
 * Ends a server that a killed supervisor left behind. `mark` is a path of ours that must appear in its command
 * line, so that a stranger who got the same pid is never touched.
 */
export async function endLeftOver(pid: number | undefined, mark: string): Promise<boolean> {
  if (pid === undefined || !isAlive(pid) || !commandLine(pid).includes(mark)) return false
  process.kill(pid, 'SIGTERM')
  for (let waitedMs = 0; waitedMs < 10_000 && isAlive(pid); waitedMs += 50) await pause(50)
  if (isAlive(pid)) process.kill(pid, 'SIGKILL')
  for (let waitedMs = 0; waitedMs < 2_000 && isAlive(pid); waitedMs += 50) await pause(50)
  return true
}

function commandLine(pid: number): string {
  const ofKernel = readProc(`/proc/${pid}/cmdline`)
  if (ofKernel !== null) return ofKernel.replaceAll('\0', ' ')
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
