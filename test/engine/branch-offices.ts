import { type ChildProcess, fork } from 'node:child_process'
import type { SendCommand, StartCommand } from '../../src/engine/index.ts'

export type Command = { start: StartCommand } | { send: SendCommand }
export type Reply = { id: string } | { code: string }

interface Branch {
  child: ChildProcess
  waiting: Map<number, (reply: Reply) => void>
}

/** Two or more engine processes on one database; a command whose process dies is answered `process.died`. */
export class BranchOffices {
  readonly #database: string
  readonly #branches: Branch[] = []
  #count = 0

  constructor(database: string) {
    this.#database = database
  }

  async open(): Promise<void> {
    const child = fork(new URL('./office-process.ts', import.meta.url), {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, DATABASE: this.#database },
    })
    const waiting: Branch['waiting'] = new Map()
    const ready = new Promise((resolve) => child.once('message', resolve))
    child.on('message', (message: unknown) => {
      const { number, ...reply } = message as Reply & { number: number }
      waiting.get(number)?.(reply)
      waiting.delete(number)
    })
    child.on('error', () => {})
    child.on('exit', () => {
      for (const answer of waiting.values()) answer({ code: 'process.died' })
      waiting.clear()
    })
    await ready
    this.#branches.push({ child, waiting })
  }

  /** One try at the next process in turn. */
  ask(command: Command): Promise<Reply> {
    const number = ++this.#count
    const branch = this.#branches[number % this.#branches.length]
    if (!branch?.child.connected) return Promise.resolve({ code: 'process.died' })
    return new Promise((resolve) => {
      branch.waiting.set(number, resolve)
      branch.child.send({ number, ...command }, (error) => error && resolve({ code: 'process.died' }))
    })
  }

  /** Until it is done or refused for good, with the same key, as a client would. */
  async insist(command: Command): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const reply = await this.ask(command)
      if ('id' in reply) return reply.id
      if (!/^process\.died$|^storage\.|^instance\.busy$/.test(reply.code)) throw new Error(reply.code)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    throw new Error('no process took the command')
  }

  /** kill -9 of the oldest, and another one in its place. */
  async replaceOldest(): Promise<void> {
    this.#branches.shift()?.child.kill('SIGKILL')
    await this.open()
  }

  close(): void {
    for (const { child } of this.#branches) child.kill('SIGKILL')
  }
}
