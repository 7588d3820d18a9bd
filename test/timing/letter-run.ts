import type { mongo } from 'mongoose'
import { z } from 'zod'
import { defaultCalendar } from '../../src/calendar/index.ts'
import { type Actor, createEngine, defineActivity, type RunningEngine } from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import disposition from '../../workflows/disposition.ts'
import incomingLetter from '../../workflows/incoming-letter.ts'
import { office, registration, sheet } from '../workflows/letters.ts'

export const workflows = [incomingLetter, disposition]

const quick = { attempts: 1, timeoutMs: 2_000 }
const any = z.any()

/** The office's look-ups with fixed answers: here only time matters. */
function activities() {
  let last = 0
  return [
    defineActivity({ ...quick, name: 'resolveUnit', input: any, output: any, run: async () => office }),
    defineActivity({ ...quick, name: 'renderDocument', input: any, output: any, run: async () => sheet }),
    defineActivity({
      ...quick,
      name: 'assignAgendaNumber',
      input: any,
      output: any,
      run: async () => ({ number: ++last, year: 2026, text: `${last}/2026` }),
    }),
    defineActivity({
      ...quick,
      name: 'resolveRecipients',
      input: any,
      output: any,
      run: async ({ lines, giver }) => ({
        giver: { ...giver, nip: null, rank: null },
        lines: lines.map((line: { to: string }) => ({ ...line, title: `Jabatan ${line.to}`, unit: 'dinas' })),
      }),
    }),
  ]
}

export function holder(position: string, ...roles: string[]): Actor {
  const keys = [`position:${position}`, ...roles.flatMap((role) => [`role:${role}@dinas`, `role:${role}`])]
  const post = { position, title: `Jabatan ${position}`, unit: 'dinas', capacity: 'definitive', keys }
  return { person: `p-${position}`, name: `Pejabat ${position}`, posts: [post] }
}

export const people = {
  registrar: holder('registrar', 'registrar'),
  verifier: holder('verifier', 'verifier'),
  head: holder('head', 'head'),
  first: holder('first'),
}

/** An engine over the real letter workflows, with a clock that is set by hand. */
export class LetterRun {
  readonly engine: RunningEngine
  readonly #clock: { now: Date }
  #key = 0

  private constructor(engine: RunningEngine, clock: { now: Date }) {
    this.engine = engine
    this.#clock = clock
  }

  get now(): Date {
    return this.#clock.now
  }

  static async create(db: mongo.Db): Promise<LetterRun> {
    const clock = { now: new Date('2026-11-23T01:00:00Z') }
    const engine = await createEngine({
      db,
      workflows,
      activities: activities(),
      log: createLogger('silent', 'test'),
      calendarOf: () => defaultCalendar,
      describeHolders: async () => [],
      clock: () => clock.now,
      queue: null,
    })
    return new LetterRun(engine, clock)
  }

  /** Local office time of the province, `2026-11-23T09:30`. */
  async at(local: string): Promise<this> {
    await this.idle()
    this.#clock.now = new Date(`${local}:00+08:00`)
    return this
  }

  async start(): Promise<string> {
    const data = { unit: 'dinas', channel: 'counter', receivedAt: this.now.toISOString(), files: ['f1'], registration }
    const command = { workflow: 'incoming-letter', data, actor: people.registrar, idempotencyKey: this.#next() }
    const { _id } = await this.engine.start(command)
    await this.idle()
    return _id
  }

  async send(instance: string, type: string, data: unknown, actor: Actor): Promise<void> {
    await this.engine.send({ instance, type, data, actor, idempotencyKey: this.#next() })
    await this.idle()
  }

  async see(instance: string, actor: Actor): Promise<void> {
    await this.engine.see({ instance, actor })
    await this.idle()
  }

  async tree(root: string) {
    const tree = await this.engine.tree(root, people.head)
    const audits = await Promise.all(
      tree.map(async (each) => [each._id, await this.engine.audit(each._id, people.head)] as const),
    )
    return { tree, audits: new Map(audits) }
  }

  /** Follow-up work goes from instance to instance; a few rounds see it through. */
  async idle(): Promise<void> {
    for (let round = 0; round < 6; round++) await new Promise((resolve) => setTimeout(resolve, 15))
  }

  #next(): string {
    return `k${++this.#key}`
  }
}
