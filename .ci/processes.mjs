/** Starting the product as a person would, and watching what it says. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

const READY_LIMIT_MS = 300_000
const STOP_LIMIT_MS = 15_000

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => resolve(port))
    })
  })
}

/**
 * Starts a command and shows what it prints; `sees` waits for a line, `stop` asks it (or another process of it) to end
 * by SIGTERM and answers the exit code.
 */
export function launch(command, args, options) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  const begun = Date.now()
  let text = ''
  const note = (chunk) => {
    text += chunk
    process.stdout.write(chunk)
  }
  child.stdout.setEncoding('utf8').on('data', note)
  child.stderr.setEncoding('utf8').on('data', note)
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))

  const sees = async (pattern) => {
    while (!pattern.test(text)) {
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode} before ${pattern}`)
      if (Date.now() - begun > READY_LIMIT_MS) throw new Error(`did not say ${pattern} in time`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return Date.now() - begun
  }
  const stop = async (pid = child.pid) => {
    if (child.exitCode === null && child.signalCode === null) process.kill(pid, 'SIGTERM')
    const limit = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS)
    const code = await ended
    clearTimeout(limit)
    return code
  }
  return { sees, stop, text: () => text }
}

/** @throws Error when the answer's status is another one */
export async function expectStatus(url, status) {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(10_000) })
  await answer.body?.cancel()
  if (answer.status !== status) throw new Error(`${url} answered ${answer.status}, not ${status}`)
  console.log(`${status}  ${url}`)
}

export function expect(isTrue, text) {
  if (!isTrue) throw new Error(text)
}
