import type { Connection } from 'mongoose'
import { defaultCalendar } from './calendar/index.ts'
import { discover } from './discover.ts'
import { createDocuments, type Documents, type Layout } from './documents/index.ts'
import { createEngine, type EngineOptions, type RunningEngine, type WorkflowDefinition } from './engine/index.ts'
import { Ledger, letterActivities } from './letters/index.ts'
import { createOrganization, type Organization } from './organization/index.ts'
import type { Config, Logger } from './platform/index.ts'
import { createTiming, type Timing } from './timing/index.ts'

/** Every room over one database, without servers of its own. */
export interface Rooms {
  organization: Organization
  documents: Documents
  ledger: Ledger
  engine: RunningEngine
  timing: Timing
}

export interface RoomOptions {
  connection: Connection
  config: Config
  log: Logger
  queue: EngineOptions['queue']
  worker?: EngineOptions['worker']
  clock?: () => Date
  maySweep?: EngineOptions['maySweep']
}

async function layoutsById(): Promise<Record<string, Layout>> {
  const layouts = await discover<Layout>('templates/letters')
  return Object.fromEntries(layouts.map((layout) => [layout.id, layout]))
}

/** Builds the rooms from the bottom up; collections and indexes are ready when this resolves. */
export async function buildRooms(options: RoomOptions): Promise<Rooms> {
  const { connection, config, log, queue, worker, clock = () => new Date(), maySweep } = options
  const { db } = connection
  if (!db) throw new Error('connect before building the rooms')
  const organization = await createOrganization({ connection, isTrial: config.mode === 'trial', clock })
  const { directory } = organization
  const limits = { bytesMax: config.uploadBytesMax, pagesMax: config.uploadPagesMax }
  const documents = createDocuments({ connection, layouts: await layoutsById(), limits, log })
  await documents.prepare()
  const ledger = new Ledger(connection)
  await ledger.prepare()
  const workflows = await discover<WorkflowDefinition>('workflows')
  // One province, one calendar; units in another zone get theirs with the organization's own calendars.
  const calendarOf = () => defaultCalendar
  const engine = await createEngine({
    db,
    workflows,
    activities: [...documents.activities, ...letterActivities(ledger, directory, config.baseUrl)],
    log,
    calendarOf,
    describeHolders: (keys) => directory.holdersOf(keys),
    clock,
    queue,
    ...(worker && { worker }),
    ...(maySweep && { maySweep }),
  })
  const timing = await createTiming({ db, workflows, calendarOf, log })
  return { organization, documents, ledger, engine, timing }
}
