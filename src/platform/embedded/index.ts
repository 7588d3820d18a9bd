/** MongoDB and Redis for a machine that has neither: found or fetched, started, watched, stopped. */
export * from './servers.ts'
