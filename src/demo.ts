import type { Connection } from 'mongoose'
import { defaultCalendar } from './calendar/index.ts'
import type { Actor, Instance, Json } from './engine/index.ts'
import { branchAt, type DemoAct, demoLetters } from './letters/index.ts'
import { AppError, announce, type Config, type Logger } from './platform/index.ts'
import { buildRooms, type Rooms } from './rooms.ts'

/** Units whose registers the trial fills; the first gets half of the letters. */
const UNITS = ['diskominfo', 'inspektorat', 'bappeda', 'dinkes']
/** A player that has not shown itself for this long is taken for dead; another goes on where it stopped. */
const LEASE_MS = 15_000
const POLL_MS = 500
const TELL_EVERY = 10
const RENEW_EVERY = 10

interface Progress {
  _id: string
  done: boolean
  until: Date
  /** The moment that counts as now; the same after a crash, so that the acts are the same. */
  now: Date
}

/** Plays the acts of the past through the real engine, each at its time. */
class Player {
  readonly #rooms: Rooms
  readonly #setClock: (at: Date) => void
  readonly #letters = new Map<string, string>()

  constructor(rooms: Rooms, setClock: (at: Date) => void) {
    this.#rooms = rooms
    this.#setClock = setClock
  }

  async act(act: DemoAct, key: string): Promise<void> {
    await this.#timersUntil(act.at)
    this.#setClock(act.at)
    const actor = await this.#holderOf(act.by)
    if (act.type === 'start') return this.#start(act, actor, key)
    const root = this.#letters.get(act.letter) ?? ''
    const instance = branchAt(await this.#rooms.engine.tree(root, actor), act.path)
    if (!instance) return
    if (act.type === 'see') await this.#rooms.engine.see({ instance: instance._id, actor })
    else await this.#send(act, instance, actor, key)
    await this.#rooms.engine.idle()
  }

  async #start({ letter, data }: DemoAct, actor: Actor, idempotencyKey: string): Promise<void> {
    const { engine } = this.#rooms
    const start = data(null) as Record<string, Json>
    const files = [await this.#scan(start, actor)]
    const command = { workflow: 'incoming-letter', data: { ...start, files }, actor, idempotencyKey }
    const { _id } = await engine.start(command).catch(async (error: unknown) => {
      // Played before a crash: the same key with another scan. The letter is there.
      if (!(error instanceof AppError) || error.code !== 'idempotency.mismatch') throw error
      const { items } = await engine.instances({ actor, text: registrationOf(start).letterNumber, limit: 1 })
      return items[0] as Instance
    })
    await this.#rooms.documents.files.attach(files, _id, idempotencyKey)
    this.#letters.set(letter, _id)
    await engine.idle()
  }

  async #send({ type, data }: DemoAct, instance: Instance, actor: Actor, idempotencyKey: string): Promise<void> {
    await this.#rooms.engine.send({ instance: instance._id, type, data: data(instance), actor, idempotencyKey })
  }

  /** The letter itself, as it would lie on the counter. */
  async #scan(start: Record<string, Json>, { person, name }: Actor): Promise<string> {
    const { organization, documents } = this.#rooms
    const { sender, letterNumber, letterDate, subject } = registrationOf(start)
    const { name: unit } = await organization.directory.unit(String(start.unit))
    const bytes = await documents.sampleLetter({
      from: { name: sender, parentName: 'PEMERINTAH PROVINSI NUSA TIRTA', address: 'Tirtapura' },
      date: letterDate,
      place: 'Tirtapura',
      number: letterNumber,
      subject,
      to: `Kepala ${unit}`,
      body: [
        `Sehubungan dengan ${subject.toLowerCase()}, bersama ini kami sampaikan hal tersebut untuk ditindaklanjuti.`,
        'Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.',
      ],
      signer: { title: 'Kepala', name: 'Rekaan Semata' },
      seed: letterNumber.length * 31 + subject.length,
    })
    const upload = { source: { buffer: bytes }, originalName: 'surat-masuk.pdf', declaredType: 'application/pdf' }
    const { id } = await documents.files.accept({ ...upload, by: { person, name }, unit: String(start.unit) })
    return id
  }

  async #holderOf(position: string): Promise<Actor> {
    const { directory } = this.#rooms.organization
    const person = await directory.holderOf(position)
    if (!person) throw new Error(`nobody holds ${position}`)
    return directory.actorOf(person)
  }

  /** Deadlines that fell due before the next act take effect at their own time. */
  async #timersUntil(at: Date): Promise<void> {
    for (;;) {
      const due = await this.#rooms.engine.nextDue()
      if (!due || due > at) return
      this.#setClock(due)
      if ((await this.#rooms.engine.sweep()) === 0) return
    }
  }
}

const registrationOf = (start: Record<string, Json>) =>
  start.registration as Record<'sender' | 'letterNumber' | 'letterDate' | 'subject', string>

/**
 * Sees to it that the trial has its province and three months of letters. The processes that start together agree on
 * one player by a lease in the database; the others wait. A player that dies is followed by another, and what was
 * played is not played twice: every act has its key.
 */
export async function ensureDemo(connection: Connection, config: Config, log: Logger): Promise<void> {
  const progress = connection.collection<Progress>('demo')
  for (;;) {
    const lease = new Date(Date.now() + LEASE_MS)
    const mine = await progress
      .findOneAndUpdate(
        { _id: 'letters', done: false, until: { $lt: new Date() } },
        { $set: { until: lease }, $setOnInsert: { now: new Date() } },
        { upsert: true, returnDocument: 'after' },
      )
      .catch((error: { code?: number }) => {
        // The row is there and either done or somebody else's.
        if (error.code === 11000) return null
        throw error
      })
    if (mine) return playAll({ connection, config, log, now: mine.now })
    if ((await progress.findOne({ _id: 'letters' }))?.done) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Whether time may go on: while the past is being played, deadlines belong to the player alone. */
export const pastIsPlayed = (connection: Connection) => async (): Promise<boolean> => {
  const row = await connection.collection<Progress>('demo').findOne({ _id: 'letters' })
  return row === null || row.done || row.until < new Date()
}

interface Stage {
  connection: Connection
  config: Config
  log: Logger
  now: Date
}

async function playAll({ connection, config, log, now }: Stage): Promise<void> {
  const progress = connection.collection<Progress>('demo')
  let clock = now
  const rooms = await buildRooms({
    connection,
    config,
    log,
    queue: null,
    worker: { connection: null },
    clock: () => clock,
  })
  try {
    await rooms.organization.province.load()
    const posts = await rooms.organization.directory.positions()
    const acts = demoLetters({ posts, now, calendar: defaultCalendar, units: UNITS, count: config.demoLetters })
    const player = new Player(rooms, (at) => {
      clock = at
    })
    const letters = new Set<string>()
    for (const [index, act] of acts.entries()) {
      await player.act(act, `demo-${index}`)
      if (act.type === 'start' && letters.add(act.letter).size % TELL_EVERY === 0)
        announce(`Menyiapkan surat contoh … ${letters.size}`, log)
      if (index % RENEW_EVERY === 0)
        await progress.updateOne({ _id: 'letters' }, { $set: { until: new Date(Date.now() + LEASE_MS) } })
    }
    clock = new Date()
    await rooms.timing.rebuild()
    await progress.updateOne({ _id: 'letters' }, { $set: { done: true } })
  } finally {
    await rooms.engine.stop()
    rooms.documents.close()
  }
}
