import { randomUUID } from 'node:crypto'
import mongoose from 'mongoose'
import { defaultCalendar } from '../src/calendar/index.ts'
import { createEngine, type RunningEngine } from '../src/engine/index.ts'
import { createLogger, createRedis } from '../src/platform/index.ts'
import { approval, clerk, DECISIONS, filing, TRANSITIONS } from './approval.ts'
import { type Caller, groupCommit, singleUpdate } from './raw.ts'

/**
 * Transitions per second of the raw driver, of raw group commit and of the engine, in interleaved rounds of one run.
 * Environment: MONGODB_URI, REDIS_URL; BENCH_SECONDS per cell (default 3), BENCH_ROUNDS (default 3).
 */
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)
const CONCURRENCY = [1, 16, 64]

const until = (engine: RunningEngine, id: string) => engine.settled(id, clerk, 5_000)

/** One letter through the engine: rights, schemas, hash chain and durability all on. */
const throughEngine =
  (engine: RunningEngine, isQueued: boolean): Caller =>
  async (id) => {
    const data = { unit: 'u', subject: `Surat ${id}` }
    const { _id } = await engine.start({ workflow: 'approval-bench', data, actor: clerk, idempotencyKey: id })
    for (const [index, type] of DECISIONS.entries())
      await engine.send({ instance: _id, type, data: { note: 'ok' }, actor: clerk, idempotencyKey: `${id}-${index}` })
    if (!isQueued) await until(engine, _id)
  }

interface Cell {
  perSecond: number
  p50: number
  p99: number
}

const quantile = (sorted: readonly number[], q: number) => sorted[Math.floor(q * (sorted.length - 1))] ?? Number.NaN

async function measure(caller: Caller, concurrency: number): Promise<Cell> {
  const end = performance.now() + SECONDS * 1_000
  const times: number[] = []
  const started = performance.now()
  const work = async () => {
    while (performance.now() < end) {
      const before = performance.now()
      await caller(randomUUID(), TRANSITIONS)
      times.push((performance.now() - before) / TRANSITIONS)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  const seconds = (performance.now() - started) / 1_000
  const sorted = times.toSorted((a, b) => a - b)
  return { perSecond: (times.length * TRANSITIONS) / seconds, p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99) }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

async function main() {
  const uri = process.env.MONGODB_URI
  const redisUrl = process.env.REDIS_URL
  if (!uri || !redisUrl) throw new Error('MONGODB_URI and REDIS_URL are needed; `npm run bench` provides them')
  const connection = await mongoose.createConnection(uri, { dbName: `bench-${randomUUID().slice(0, 8)}` }).asPromise()
  const db = connection.db as mongoose.mongo.Db
  const log = createLogger('error', 'bench')
  const common = { workflows: [approval], log, calendarOf: () => defaultCalendar, describeHolders: async () => [] }
  const inline = await createEngine({ ...common, db, activities: [filing(true)], queue: null })
  const producer = createRedis(redisUrl, 'producer')
  const connectionOfWorker = createRedis(redisUrl, 'worker')
  const queue = { producer, prefix: `{bench-${randomUUID().slice(0, 8)}}` }
  const queued = await createEngine({
    ...common,
    db,
    activities: [filing(false)],
    queue,
    worker: { connection: connectionOfWorker },
  })
  const callers: Record<string, Caller> = {
    'raw: one updateOne each': singleUpdate(db.collection('raw_single')),
    'raw: group commit': groupCommit(db.collection('raw_group')),
    engine: throughEngine(inline, false),
    'engine, service step through BullMQ': throughEngine(queued, true),
  }
  const cells = new Map<string, Cell[]>()
  for (const name of Object.keys(callers)) await measure(callers[name] as Caller, 16)
  for (let round = 0; round < ROUNDS; round++)
    for (const concurrency of CONCURRENCY)
      for (const [name, caller] of Object.entries(callers)) {
        const key = `${name}@${concurrency}`
        cells.set(key, [...(cells.get(key) ?? []), await measure(caller, concurrency)])
      }
  report(Object.keys(callers), cells)
  await Promise.all([inline.stop(), queued.stop()])
  producer.disconnect()
  connectionOfWorker.disconnect()
  await connection.dropDatabase()
  await connection.close()
}

function report(names: readonly string[], cells: ReadonlyMap<string, readonly Cell[]>) {
  const of = (name: string, concurrency: number, field: keyof Cell) =>
    median((cells.get(`${name}@${concurrency}`) ?? []).map((cell) => cell[field]))
  const results = names.map((name) => ({
    name,
    cells: CONCURRENCY.map((concurrency) => ({
      concurrency,
      perSecond: Math.round(of(name, concurrency, 'perSecond')),
      ratio: Number((of(name, concurrency, 'perSecond') / of(names[0] ?? '', concurrency, 'perSecond')).toFixed(2)),
      p50Ms: Number(of(name, concurrency, 'p50').toFixed(2)),
      p99Ms: Number(of(name, concurrency, 'p99').toFixed(2)),
    })),
  }))
  console.table(
    Object.fromEntries(
      results.map(({ name, cells: row }) => [
        name,
        Object.fromEntries(
          row.map(({ concurrency, perSecond, ratio, p50Ms, p99Ms }) => [
            `at ${concurrency}`,
            `${perSecond}/s (${ratio}×) ${p50Ms}/${p99Ms} ms`,
          ]),
        ),
      ]),
    ),
  )
  console.log(JSON.stringify({ transitionsPerLetter: TRANSITIONS, secondsPerCell: SECONDS, rounds: ROUNDS, results }))
}

await main()
