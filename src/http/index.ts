/**
 * What the API and the pages look like from outside. Templates read its view models; `compose.ts` builds the app.
 */
export * from './views/index.ts'
