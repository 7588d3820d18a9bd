import { randomUUID } from 'node:crypto'
import type mongoose from 'mongoose'
import {
  type Actor,
  createEngine,
  type EngineOptions,
  type Instance,
  type RunningEngine,
} from '../../src/engine/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { type FreshDatabase, freshDatabase } from '../support/services.ts'
import { person } from './sample.ts'
import { wallCalendar } from './wall-calendar.ts'

export const clerk = person('Citra', 'unit-a.clerk', 'unit-a', 'clerk')
export const head = person('Hadi', 'unit-a.head', 'unit-a', 'head')

/** The code of a refusal, or the words of a defect. */
export const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no refusal',
    (error: { code?: string | number; message: string }) => String(error.code ?? error.message),
  )

export interface Office {
  database: FreshDatabase
  db: mongoose.mongo.Db
  engine: RunningEngine
  /** The clock of this office alone. */
  time: { now: Date; pass(ms: number): void }
  /** Another engine on the same database, as a second process would be. */
  another(clock?: () => Date): Promise<RunningEngine>
  start(workflow: string, data: unknown, actor?: Actor): Promise<Instance>
  send(instance: string, type: string, data?: unknown, actor?: Actor): Promise<Instance>
  /** Lets time pass and the sweeper work, `rounds` times two minutes. */
  rounds(count: number): Promise<void>
  document(id: string): Promise<Instance>
  close(): Promise<void>
}

type Parts = Pick<EngineOptions, 'workflows' | 'activities'>

/** An engine on a database of its own, without a queue, whose clock the test holds. */
export async function openOffice({ workflows, activities }: Parts): Promise<Office> {
  const database = await freshDatabase()
  const db = database.connection.db as mongoose.mongo.Db
  const time = {
    now: new Date('2026-11-24T01:00:00Z'),
    pass(ms: number) {
      time.now = new Date(time.now.getTime() + ms)
    },
  }
  const engines: RunningEngine[] = []
  const open = async (clock = () => time.now) => {
    const engine = await createEngine({
      db,
      workflows,
      activities,
      clock,
      log: createLogger('silent', 'test'),
      calendarOf: () => wallCalendar,
      describeHolders: async () => [],
      queue: null,
      worker: { connection: null },
    })
    engines.push(engine)
    return engine
  }
  const engine = await open()
  return {
    database,
    db,
    engine,
    time,
    another: open,
    start: (workflow, data, actor = clerk) => engine.start({ workflow, data, actor, idempotencyKey: randomUUID() }),
    send: (instance, type, data = {}, actor = head) =>
      engine.send({ instance, type, data, actor, idempotencyKey: randomUUID() }),
    async rounds(count) {
      for (let round = 0; round < count; round++) {
        await engine.idle()
        time.pass(120_000)
        await engine.sweep()
        await engine.idle()
      }
    },
    async document(id) {
      const found = await db.collection<Instance>('instances').findOne({ _id: id })
      if (!found) throw new Error(`no instance ${id}`)
      return found
    },
    async close() {
      for (const each of engines) await each.stop()
      await database.drop()
    },
  }
}
