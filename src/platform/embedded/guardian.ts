import type { ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { hasEnded, stopChild } from './processes.ts'
import type { Say } from './say.ts'

const DEATHS_MAX_DEFAULT = 10
const WINDOW_MS = 60_000
const STEADY_MS = 10_000
const BACKOFF_MS_MIN = 200
const BACKOFF_MS_MAX = 5_000

export interface GuardianOptions {
  name: string
  start: () => Promise<ChildProcess>
  say: Say
  /** Called for every new child, the first included. */
  onStart?: (child: ChildProcess) => void
  /** How often a minute it may die before it is given up. */
  deathsMax?: () => number
  /** Called once when the child died too often to go on. */
  giveUp: (name: string) => void
}

/** Keeps one child process running: starts it again when it dies, with growing pauses, ten times a minute at most. */
export class Guardian {
  readonly #options: GuardianOptions
  #child: ChildProcess | null = null
  #isStopping = false
  #isRenewing = false
  #restarting: Promise<void> | null = null
  #deaths: number[] = []

  constructor(options: GuardianOptions) {
    this.#options = options
  }

  get name(): string {
    return this.#options.name
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Starts the child for the first time; a failure now is the caller's to tell. */
  async begin(): Promise<void> {
    this.#adopt(await this.#options.start())
  }

  /** Stops the child for good, killing it after `limitMs`. */
  async stop(limitMs: number): Promise<void> {
    this.#isStopping = true
    if (this.#child) await stopChild(this.#child, limitMs)
    await this.#restarting
    if (this.#child) await stopChild(this.#child, limitMs)
  }

  /** Ends the child so that a new one takes its place at once; used when its program changed. */
  async renew(limitMs: number): Promise<void> {
    if (!this.#child || this.#isStopping) return
    this.#isRenewing = true
    await stopChild(this.#child, limitMs)
  }

  /** Cuts a stop short. */
  kill(): void {
    this.#isStopping = true
    this.#child?.kill('SIGKILL')
  }

  #adopt(child: ChildProcess): void {
    this.#child = child
    this.#options.onStart?.(child)
    if (hasEnded(child)) this.#mourn()
    else child.once('exit', () => this.#mourn())
  }

  #mourn(): void {
    if (this.#isStopping || this.#restarting !== null) return
    if (this.#isRenewing) this.#deaths = []
    else this.#options.say(`${this.#options.name} berhenti, dijalankan lagi …`)
    this.#isRenewing = false
    this.#restarting = this.#restart().finally(() => {
      this.#restarting = null
      if (this.#child && hasEnded(this.#child) && !this.#isStopping) this.#mourn()
    })
  }

  async #restart(): Promise<void> {
    while (!this.#isStopping) {
      const now = Date.now()
      this.#deaths = [...this.#deaths.filter((at) => now - at < WINDOW_MS), now]
      if (this.#deaths.length > (this.#options.deathsMax?.() ?? DEATHS_MAX_DEFAULT)) return this.#surrender()
      const recent = this.#deaths.filter((at) => now - at < STEADY_MS).length
      await pause(Math.min(BACKOFF_MS_MIN * 2 ** (recent - 1), BACKOFF_MS_MAX))
      if (this.#isStopping) return
      const child = await this.#options.start().catch(() => null)
      if (child && !hasEnded(child)) return this.#adopt(child)
    }
  }

  #surrender(): void {
    this.#isStopping = true
    this.#options.giveUp(this.#options.name)
  }
}
