/**
 * What the API and the pages look like from outside. Templates read its view models; `compose.ts` builds the app.
 */

export { createApp } from './app.ts'
export {
  type AgendaBook,
  type BookQuery,
  createErrorPage,
  createPageRooms,
  createPages,
  type PageRooms,
  pagesByName,
} from './pages/index.ts'
export type { Parts, Readiness } from './parts.ts'
export { listen } from './server.ts'
export * from './views/index.ts'
