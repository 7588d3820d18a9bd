import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express, { type Express } from 'express'
import { createDocuments } from '../../src/documents/index.ts'
import { createEngine, type RunningEngine } from '../../src/engine/index.ts'
import { createApp, type Parts } from '../../src/http/index.ts'
import { createOrganization, type Organization } from '../../src/organization/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { opinion, request, stampActivity } from '../engine/sample.ts'
import { wallCalendar } from '../engine/wall-calendar.ts'
import { type FreshDatabase, freshDatabase } from '../support/services.ts'

export const PASSWORD = 'sungai Mahakam mengalir'

export interface Web {
  app: Express
  engine: RunningEngine
  organization: Organization
  /** Token of the clerk of unit-a. */
  token: string
  ask(config: Partial<Parts['config']>, more?: Partial<Parts>): Express
  stop(): Promise<void>
}

const log = createLogger('silent', 'test')

async function people(database: FreshDatabase, organization: Organization): Promise<void> {
  const at = (name: string) => database.connection.collection<{ _id: string }>(name)
  await at('units').insertOne({ _id: 'unit-a', name: 'Unit A', zone: 'Asia/Makassar' } as { _id: string })
  const post = (id: string, role: string) => ({
    _id: id,
    unit: 'unit-a',
    title: id,
    superior: null,
    roles: [role],
    order: 1,
  })
  await at('positions').insertMany([post('unit-a.clerk', 'clerk'), post('unit-a.head', 'head')])
  const person = (id: string, persona: number) => ({ _id: id, name: id, username: id, language: 'id', persona })
  await at('persons').insertMany([person('citra', 1), person('hadi', 2)])
  const from = new Date('2020-01-01')
  const holding = (id: string, position: string, who: string) => ({
    _id: id,
    position,
    person: who,
    capacity: 'definitive',
    from,
    until: null,
  })
  await at('holdings').insertMany([holding('h1', 'unit-a.clerk', 'citra'), holding('h2', 'unit-a.head', 'hadi')])
  await organization.credentials.setPassword('citra', PASSWORD)
}

/** Pages that only show what the plumbing tells them, so that the plumbing can be seen. */
function echoPages() {
  const router = express.Router()
  router.get('/who', (_request, response) => void response.json(response.locals.session))
  router.post('/echo', (request, response) => {
    const files = Array.isArray(request.files) ? request.files.map((file) => file.originalname) : []
    response.json({ body: request.body, files })
  })
  return router
}

/** The whole app over a real engine and organization, in a database of its own. */
export async function startWeb(): Promise<Web> {
  const database = await freshDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'mahakam-web-'))
  const organization = await createOrganization({ connection: database.connection, isTrial: true })
  await people(database, organization)
  const documents = createDocuments({
    connection: database.connection,
    layouts: {},
    limits: { bytesMax: 20_000, pagesMax: 10 },
    log,
  })
  await documents.prepare()
  const { db } = database.connection
  if (!db) throw new Error('not connected')
  const engine = await createEngine({
    db,
    workflows: [request, opinion],
    activities: [stampActivity(async () => 7)],
    log,
    calendarOf: () => wallCalendar,
    describeHolders: (keys) => organization.directory.holdersOf(keys),
    queue: null,
    worker: { connection: null },
  })
  const config = { mode: 'trial', baseUrl: 'http://127.0.0.1:3000', uploadBytesMax: 20_000, dataDir } as const
  const parts = { engine, organization, pages: echoPages, errorPage: null, assetsDirs: [], log, documents }
  const ready = async () => ({ ok: true, checks: {} })
  const ask: Web['ask'] = (other, more = {}) => createApp({ ...parts, ready, ...more, config: { ...config, ...other } })
  const { token } = await organization.credentials.createToken('citra', 'test')
  const stop = async () => {
    await engine.stop()
    documents.close()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { app: ask({}), engine, organization, token, ask, stop }
}
