/** Registers, numbers and what a letter says about itself. Changes when an office keeps its books another way. */
export { letterActivities } from './activities.ts'
export {
  type AgendaLine,
  type AgendaPage,
  type AgendaQuery,
  agendaPage,
  agendaYears,
  type BookedLetter,
  correspondentsOf,
  type FindLetters,
} from './agenda-book.ts'
export { branchAt, type DemoAct, type DemoOptions, type DemoPost, demoLetters } from './demo-letters.ts'
export * from './dispatch.ts'
export { Ledger, type LedgerRow, type NumberRequest } from './ledger.ts'
export * from './schemas.ts'
