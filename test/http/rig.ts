import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type mongoose from 'mongoose'
import supertest from 'supertest'
import { createDocuments, type Documents } from '../../src/documents/index.ts'
import { createEngine, type RunningEngine } from '../../src/engine/index.ts'
import { createApp, type Parts } from '../../src/http/index.ts'
import { createOrganization, type Organization } from '../../src/organization/index.ts'
import { createLogger } from '../../src/platform/index.ts'
import { opinion, request, stampActivity } from '../engine/sample.ts'
import { wallCalendar } from '../engine/wall-calendar.ts'
import { freshDatabase } from '../support/services.ts'
import { paper } from './paper.ts'

export const UPLOAD_BYTES_MAX = 200_000

/** Who works in the test's two units, by name. */
const PEOPLE = {
  citra: { position: 'unit-a.clerk', unit: 'unit-a', role: 'clerk' },
  hadi: { position: 'unit-a.head', unit: 'unit-a', role: 'head' },
  joko: { position: 'judge-1', unit: 'unit-b', role: 'judge' },
  sari: { position: 'unit-c.staff', unit: 'unit-c', role: 'staff' },
} as const
export type Name = keyof typeof PEOPLE

type Row = { _id: string; [field: string]: unknown }

async function settle(connection: mongoose.Connection, organization: Organization): Promise<Record<Name, string>> {
  const into = (name: string, row: Row) => connection.collection<Row>(name).insertOne(row)
  const tokens: Partial<Record<Name, string>> = {}
  for (const [name, { position, unit, role }] of Object.entries(PEOPLE) as [Name, (typeof PEOPLE)[Name]][]) {
    await into('positions', { _id: position, unit, title: `Post ${position}`, superior: null, roles: [role], order: 1 })
    await into('persons', { _id: name, name, username: name, language: 'id', persona: null, passwordHash: null })
    const from = new Date('2020-01-01')
    await into('holdings', { _id: name, position, person: name, capacity: 'definitive', from, until: null })
    tokens[name] = (await organization.credentials.createToken(name, 'test')).token
  }
  return tokens as Record<Name, string>
}

export interface Rig {
  parts: Parts
  engine: RunningEngine
  documents: Documents
  organization: Organization
  connection: mongoose.Connection
  tokens: Record<Name, string>
  /** Asks as a person by token. */
  as(name: Name): ReturnType<typeof supertest.agent>
  anybody: ReturnType<typeof supertest>
  stop(): Promise<void>
}

/** The whole API over a real engine, organization and documents room, in a database of its own. */
export async function openRig(more: Partial<Parts> = {}): Promise<Rig> {
  const log = createLogger('silent', 'test')
  const { connection, drop } = await freshDatabase()
  const { db } = connection
  if (!db) throw new Error('not connected')
  const dataDir = await mkdtemp(join(tmpdir(), 'mahakam-http-'))
  const organization = await createOrganization({ connection, isTrial: true })
  const tokens = await settle(connection, organization)
  const limits = { bytesMax: UPLOAD_BYTES_MAX, pagesMax: 20 }
  const documents = createDocuments({ connection, layouts: {}, limits, log })
  await documents.prepare()
  const engine = await createEngine({
    db,
    workflows: [request, opinion, paper],
    activities: [stampActivity(async () => 7)],
    log,
    calendarOf: () => wallCalendar,
    describeHolders: (keys) => organization.directory.holdersOf(keys),
    queue: null,
    worker: { connection: null },
  })
  const parts: Parts = {
    engine,
    organization,
    documents,
    pages: null,
    errorPage: null,
    assetsDirs: [],
    config: { mode: 'trial', baseUrl: 'http://127.0.0.1:3000', uploadBytesMax: UPLOAD_BYTES_MAX, dataDir },
    log,
    ready: async () => ({ ok: true, checks: {} }),
    ...more,
  }
  const app = createApp(parts)
  return {
    parts,
    engine,
    documents,
    organization,
    connection,
    tokens,
    as: (name) => supertest.agent(app).set('Authorization', `Bearer ${tokens[name]}`).set('Accept-Language', 'en'),
    anybody: supertest(app),
    async stop() {
      await engine.stop()
      documents.close()
      await drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** An idempotency key nobody used before. */
export const key = (): string => randomUUID()
