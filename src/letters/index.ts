/** Registers, numbers and what a letter says about itself. Changes when an office keeps its books another way. */
export type { AgendaLine, AgendaPage, AgendaQuery, BookedLetter, FindLetters } from './agenda-book.ts'
export { Ledger, type LedgerRow, type NumberRequest } from './ledger.ts'
export { createLetters, type Letters, type LettersOptions } from './letters.ts'
export * from './schemas.ts'
