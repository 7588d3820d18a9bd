import { type Request, type Response, Router } from 'express'
import { hashOfAssets } from '../assets.ts'
import type { Failure, Parts } from '../parts.ts'
import type { Models, Page, Pages } from '../views/index.ts'
import type { Desk } from './desk.ts'
import { entryRoutes, failurePage, leadStrangers } from './entry-routes.ts'
import { instanceRoutes } from './instance-routes.ts'
import { listRoutes } from './list-routes.ts'
import { registerRoutes } from './register-routes.ts'
import type { PageRooms } from './rooms.ts'
import { startRoutes } from './start-routes.ts'
import { timingRoutes } from './timing-routes.ts'
import { trayRoutes } from './tray-routes.ts'

export { createPageRooms, type PageRoomsOptions } from './fitting.ts'
export type { AgendaBook, BookQuery, PageRooms } from './rooms.ts'

const NAMES: readonly (keyof Models)[] = [
  'agenda',
  'error',
  'instance',
  'letter',
  'letters',
  'register',
  'sign-in',
  'start',
  'timing',
  'tray',
]

/**
 * The discovered pages by name.
 * @throws Error when one is missing or there twice: found at start, not by a reader
 */
export function pagesByName(found: readonly Page[]): Pages {
  for (const name of NAMES) {
    const count = found.filter((page) => page.name === name).length
    if (count !== 1) throw new Error(`templates/pages: ${count} pages named ${name}`)
  }
  return Object.fromEntries(found.map((page) => [page.name, page])) as unknown as Pages
}

const hashes = new WeakMap<Parts, string>()

/** Read once: the files belong to the release. */
function assetsOf(parts: Parts): string {
  const known = hashes.get(parts) ?? hashOfAssets(parts.assetsDirs)
  hashes.set(parts, known)
  return `/assets/${known}`
}

/** Page routes for `Parts.pages`. */
export function createPages(rooms: PageRooms, views: Pages): (parts: Parts) => Router {
  return (parts) => {
    const desk: Desk = { parts, rooms, views, assets: assetsOf(parts) }
    const router = Router()
    router.use(entryRoutes(desk), trayRoutes(desk))
    router.use(['/letters', '/agenda', '/timing', '/instances', '/start'], leadStrangers)
    router.use(registerRoutes(desk), listRoutes(desk), timingRoutes(desk), instanceRoutes(desk), startRoutes(desk))
    return router
  }
}

/** Pages of failures for `Parts.errorPage`. */
export function createErrorPage(rooms: PageRooms, views: Pages, parts: () => Parts) {
  return (failure: Failure, request: Request, response: Response): Promise<string> =>
    failurePage({ parts: parts(), rooms, views, assets: assetsOf(parts()) }, failure, request, response)
}
