/** `npm run dev`: the product, built and started again after every change of a source. Data stay. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './bootstrap.mjs'
import { ensureBuilt, newestSource } from './build.mjs'

const LOOK_MS = 500

function launch() {
  const entry = join(root, 'dist', 'src', 'main.js')
  const child = spawn(process.execPath, ['--enable-source-maps', entry], { cwd: root, stdio: 'inherit' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const stop = () => {
    child.kill('SIGTERM')
    return ended
  }
  return { stop }
}

/** Runs until Ctrl-C. A source that does not build leaves the last good version running. */
export async function watch() {
  let seen = newestSource()
  let running = launch()
  let isEnding = false
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, async () => {
      isEnding = true
      await running.stop()
      process.exit(0)
    })
  }
  while (!isEnding) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    const now = newestSource()
    if (now === seen || isEnding) continue
    seen = now
    if (!(await ensureBuilt()) || isEnding) continue
    await running.stop()
    if (!isEnding) running = launch()
  }
}
