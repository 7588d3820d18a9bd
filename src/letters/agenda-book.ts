import type { Actor, Instance } from '../engine/index.ts'
import { invalidInput } from '../platform/index.ts'
import type { Ledger, LedgerRow } from './ledger.ts'

const LIMIT_MAX = 100

/** One row of the *buku agenda*: the number, and the letter that holds it as far as the reader may see it. */
export interface AgendaRow {
  number: number
  text: string
  at: Date
  instance: string
  letter: Instance['summary'] | null
  status: Instance['status'] | null
}

export interface AgendaQuery {
  actor: Actor
  unit: string
  year: number
  /** Numbers below this one; from the last page's `next`. */
  before?: number | undefined
  /** 1–100. */
  limit?: number | undefined
}

export type ReadInstances = (ids: readonly string[], actor: Actor) => Promise<Instance[]>

/** The register of a unit's year, newest number first. */
export async function agendaBook(
  ledger: Ledger,
  readInstances: ReadInstances,
  { actor, unit, year, before, limit = 50 }: AgendaQuery,
): Promise<{ rows: AgendaRow[]; next: number | null }> {
  if (!Number.isInteger(year) || year < 2000 || year > 2100)
    throw invalidInput('agenda.invalid-year', `no year ${year}`)
  const size = Math.min(LIMIT_MAX, Math.max(1, limit))
  const found = await ledger.rows
    .find({ unit: String(unit), year, ...(before !== undefined && { number: { $lt: before } }) })
    .sort({ number: -1 })
    .limit(size + 1)
    .toArray()
  const page = found.slice(0, size)
  const letters = await readInstances(
    page.map((row) => row.instance),
    actor,
  )
  const byId = new Map(letters.map((letter) => [letter._id, letter]))
  const rows = page.map((row) => toRow(row, byId.get(row.instance)))
  return { rows, next: found.length > size ? (page.at(-1)?.number ?? null) : null }
}

const toRow = ({ number, text, at, instance }: LedgerRow, letter: Instance | undefined): AgendaRow => ({
  number,
  text,
  at,
  instance,
  letter: letter?.summary ?? null,
  status: letter?.status ?? null,
})
