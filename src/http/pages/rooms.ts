import type { Actor } from '../../engine/index.ts'
import type { Timing } from '../../timing/index.ts'
import type { AgendaRow, PersonaView } from '../views/index.ts'

export interface BookQuery {
  /** Whose rights decide which letters are told; numbers are told to whoever may open the book. */
  actor: Actor
  unit: string
  year: number
  /** Words looked for in subject, sender and number. */
  text: string
  cursor: string | null
}

/** The register as the agenda book shows it. */
export interface AgendaBook {
  years(unit: string): Promise<number[]>
  /** Newest number first. */
  page(query: BookQuery): Promise<{ rows: AgendaRow[]; total: number; next: string | null }>
  /** Senders of the unit's latest letters that the actor may read, most frequent first. */
  correspondents(unit: string, actor: Actor): Promise<string[]>
}

/** What pages need beyond `Parts`; `compose.ts` fits the rooms in. */
export interface PageRooms {
  agenda: AgendaBook
  timing: Pick<Timing, 'journey' | 'steps'>
  /** Who may be tapped on the trial's sign-in page; empty in production. */
  personas(): Promise<PersonaView[]>
  /** Working ms of the unit between two moments. */
  elapsedMs(unit: string, from: Date, to: Date): number
  clock(): Date
  /** IANA zone in which times are said. */
  zone: string
}
