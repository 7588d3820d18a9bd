/** MongoDB and Redis for a machine that has neither: found or fetched, started, watched, stopped. */
export { type BorrowedServers, borrowServers } from './borrow.ts'
export { type EmbeddedServers, type ServersOptions, startServers } from './servers.ts'
export { type SupervisorOptions, supervise } from './supervisor.ts'
