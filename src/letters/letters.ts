import type { Connection } from 'mongoose'
import type { ActivityDefinition } from '../engine/index.ts'
import type { Directory } from '../organization/index.ts'
import type { Logger } from '../platform/index.ts'
import { letterActivities } from './activities.ts'
import {
  type AgendaPage,
  type AgendaQuery,
  agendaPage,
  agendaYears,
  correspondentsOf,
  type FindLetters,
} from './agenda-book.ts'
import { Ledger } from './ledger.ts'

export interface LettersOptions {
  connection: Connection
  directory: Directory
  log: Logger
  /** Address of an instance's page without its id, behind the QR code of the sheet. */
  pages: string
  /** How an agenda number is written; default `{urut:4}/{tahun}`, as in 0417/2026. */
  agendaPattern?: string
}

/** Who may read a unit's book is the caller's question; letters are handed in by `find`. */
export interface Letters {
  /** `assignAgendaNumber`, `resolveUnit`, `resolveRecipients` */
  activities: ActivityDefinition[]
  /** @throws AppError cursor.invalid */
  agendaPage(query: AgendaQuery, find: FindLetters): Promise<AgendaPage>
  agendaYears(unit: string): Promise<number[]>
  correspondents(unit: string, find: FindLetters): Promise<string[]>
}

/** Collections and indexes are ready when this resolves. @throws AppError agenda.invalid-pattern */
export async function createLetters(options: LettersOptions): Promise<Letters> {
  const { connection, directory, log, pages, agendaPattern } = options
  const ledger = new Ledger(connection, agendaPattern)
  await ledger.prepare()
  log.debug({ pattern: ledger.pattern }, 'letters.ready')
  return {
    activities: letterActivities(ledger, directory, pages),
    agendaPage: (query, find) => agendaPage(ledger, query, find),
    agendaYears: (unit) => agendaYears(ledger, unit),
    correspondents: (unit, find) => correspondentsOf(ledger, unit, find),
  }
}
