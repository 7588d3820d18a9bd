import { fileURLToPath } from 'node:url'
import { discover } from './discover.ts'
import {
  createErrorPage,
  createPageRooms,
  createPages,
  type Page,
  type Parts,
  pagesByName,
  type Readiness,
} from './http/index.ts'
import type { Config, Logger } from './platform/index.ts'
import type { Rooms } from './rooms.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Fits the rooms and the discovered pages into what the wire asks for. */
export async function webParts(
  rooms: Rooms,
  config: Config,
  log: Logger,
  ready: () => Promise<Readiness>,
): Promise<Parts> {
  const { engine, organization, documents, ledger, timing } = rooms
  const clock = () => new Date()
  const views = pagesByName(await discover<Page>('templates/pages'))
  const pageRooms = createPageRooms({ engine, ledger, organization, timing, clock, zone: config.clockZone })
  const parts: Parts = {
    engine,
    organization,
    documents,
    pages: createPages(pageRooms, views),
    errorPage: createErrorPage(pageRooms, views, () => parts),
    assetsDirs: [folder('../templates/pages/assets')],
    config,
    log,
    ready,
  }
  return parts
}
