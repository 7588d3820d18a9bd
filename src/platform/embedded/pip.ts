import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const CANDIDATES: [string, ...string[]][] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
]

/**
 * The command line that runs pip on this machine. As root on a Debian-like system without pip it installs the
 * system's own package once; Debian's python3 comes without it.
 * @throws Error when there is none
 */
export async function pipCommand(): Promise<[string, ...string[]]> {
  const found = await firstWorking()
  if (found) return found
  if (process.getuid?.() === 0 && (await works('apt-get', ['--version']))) {
    await works('apt-get', ['update', '-qq'], 120_000)
    await works('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'python3-pip'], 300_000)
    const installed = await firstWorking()
    if (installed) return installed
  }
  throw new Error('Python 3 with pip is not installed')
}

async function firstWorking(): Promise<[string, ...string[]] | null> {
  for (const [command, ...args] of CANDIDATES) {
    if (await works(command, [...args, '--version'])) return [command, ...args]
  }
  return null
}

async function works(command: string, args: string[], timeout = 20_000): Promise<boolean> {
  return run(command, args, { timeout, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).then(
    () => true,
    () => false,
  )
}

/** Whether pip is there already; installs nothing. */
export const hasPip = async (): Promise<boolean> => (await firstWorking()) !== null
