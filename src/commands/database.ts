import type { Connection } from 'mongoose'
import { borrowServers, type Config, connectMongo, createLogger, loadConfig } from '../platform/index.ts'
import { buildRooms, type Rooms } from '../rooms.ts'

/** Who is signed in stays signed in when the rest is emptied. */
const KEPT = new Set(['sessions', 'tokens'])

/** What a command may do to the database as a whole. */
export interface Database {
  /** Takes everything away but sessions and tokens. */
  empty(): Promise<void>
  connection: Connection
  config: Config
}

/**
 * The rooms over the configured database, the running trial's, or one started for as long as the command takes; no
 * queue, no sweeper. Everything is closed when `work` ends.
 */
export async function withRooms<T>(work: (rooms: Rooms, database: Database) => Promise<T>): Promise<T> {
  const config = loadConfig()
  const log = createLogger('silent', 'cli')
  const servers = await borrowServers(config, (line) => console.error(line))
  try {
    const connection = await connectMongo(servers.mongodbUri, log)
    const rooms = await buildRooms({ connection, config, log, queue: null })
    const empty = async () => {
      // Contents go, collections and their indexes stay: a running trial keeps using them.
      const all = (await connection.db?.collections()) ?? []
      const collections = all.filter(({ collectionName }) => !KEPT.has(collectionName))
      await Promise.all(collections.map((collection) => collection.deleteMany({})))
    }
    try {
      return await work(rooms, { empty, connection, config })
    } finally {
      await rooms.engine.stop()
      rooms.documents.close()
      await connection.close()
    }
  } finally {
    await servers.stop()
  }
}
