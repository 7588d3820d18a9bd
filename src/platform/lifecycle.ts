import type { Logger } from './log.ts'

/** What runs until it is told to stop. */
export interface Running {
  stop(): Promise<void>
}

/** The keyboard's Ctrl-C reaches the whole group and is passed on besides: both within this time are one wish. */
const SAME_WISH_MS = 400

/** Two signals out of SIGINT and SIGTERM: the first says stop, a later one says hurry. */
export function operatorSignals(): { stop: AbortSignal; hurry: AbortSignal; ask(): void } {
  const stop = new AbortController()
  const hurry = new AbortController()
  let firstAt = 0
  const ask = () => {
    if (!stop.signal.aborted) {
      firstAt = Date.now()
      stop.abort()
    } else if (Date.now() - firstAt > SAME_WISH_MS) hurry.abort()
  }
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  return { stop: stop.signal, hurry: hurry.signal, ask }
}

/**
 * Starts one role and stops it when the operator says so, or when the supervisor that started this process is gone.
 * Ends the process: 0 after an orderly stop, 1 when it had to be cut off after `limitMs`.
 */
export async function runUntilStopped(start: () => Promise<Running>, log: Logger, limitMs: number): Promise<void> {
  const { stop, hurry, ask } = operatorSignals()
  // The channel to the supervisor closes with it, however it ended.
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), 1_500).unref()
    ask()
  })
  hurry.addEventListener('abort', () => process.exit(1))
  const running = await start()
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve, { once: true }))
  log.info('process.stopping')
  const cut = setTimeout(() => {
    log.error({ limitMs }, 'process.stop-overdue')
    process.exit(1)
  }, limitMs)
  await running.stop()
  clearTimeout(cut)
  log.info('process.stopped')
  process.exit(0)
}

/** A line for the person at the console: passed to the supervisor when there is one, otherwise logged. */
export function announce(text: string, log: Logger): void {
  if (process.send) process.send({ say: text })
  else log.info({ text }, 'process.announcement')
}
