/** Registers, numbers and what a letter says about itself. Changes when an office keeps its books another way. */
export { letterActivities } from './activities.ts'
export { type AgendaQuery, type AgendaRow, agendaBook } from './agenda-book.ts'
export { agendaText, Ledger, type LedgerRow, type NumberRequest } from './ledger.ts'
export * from './schemas.ts'
