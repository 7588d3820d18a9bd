import { Buffer } from 'node:buffer'
import type { Instance } from '../engine/index.ts'
import { invalidInput } from '../platform/index.ts'
import type { Ledger, LedgerRow } from './ledger.ts'

export interface AgendaQuery {
  unit: string
  year: number
  /** Words that the letter's summary must contain; empty: all. */
  text?: string | undefined
  /** `next` of the page before. */
  cursor?: string | null | undefined
  /** 1–100, default 50. */
  limit?: number | undefined
}

/** What the book needs of a letter. */
export type BookedLetter = Pick<Instance, '_id' | 'summary' | 'searchText' | 'status' | 'value' | 'context'>

/** One line of the *buku agenda*: the number, and the letter that bears it as it stands today. */
export interface AgendaLine {
  number: number
  text: string
  /** When the number was given. */
  at: Date
  instance: string
  /** Null when it was not handed in: the reader may not see it. */
  letter: BookedLetter | null
}

export interface AgendaPage {
  lines: AgendaLine[]
  /** Numbers in the whole book. */
  total: number
  next: string | null
}

/** Hands in letters by id; those the reader may not see are simply missing. */
export type FindLetters = (ids: readonly string[]) => Promise<readonly BookedLetter[]>

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 50
/** Lines looked at in one search. */
const SCAN_MAX = 2_000
const CHUNK = 200
const WORDS_MAX = 6
const CORRESPONDENTS_MAX = 200

function numberBefore(cursor: string): number {
  const number = Number(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!Number.isSafeInteger(number) || number < 1) throw invalidInput('cursor.invalid', 'this cursor was not made here')
  return number
}

const cursorAt = ({ number }: { number: number }) => Buffer.from(String(number), 'utf8').toString('base64url')

const wordsOf = (text = '') => text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, WORDS_MAX)

async function joined(rows: readonly LedgerRow[], find: FindLetters): Promise<AgendaLine[]> {
  const letters = new Map((await find(rows.map((row) => row.instance))).map((letter) => [letter._id, letter]))
  return rows.map(({ number, text, at, instance }) => {
    return { number, text, at, instance, letter: letters.get(instance) ?? null }
  })
}

/** Lines with all the words, in the order of the rows, until one more than `limit` is found. */
async function matching(rows: readonly LedgerRow[], words: readonly string[], limit: number, find: FindLetters) {
  const lines: AgendaLine[] = []
  for (let from = 0; from < rows.length && lines.length <= limit; from += CHUNK) {
    const chunk = await joined(rows.slice(from, from + CHUNK), find)
    lines.push(...chunk.filter(({ letter }) => words.every((word) => letter?.searchText.includes(word))))
  }
  return lines
}

/**
 * A page of a unit's year, the newest number first. Words are looked for in the letters as they stand today, at most
 * 2,000 lines in one call; the cursor goes on from there.
 * @throws AppError cursor.invalid
 */
export async function agendaPage(
  ledger: Ledger,
  { unit, year, text, cursor, limit = LIMIT_DEFAULT }: AgendaQuery,
  find: FindLetters,
): Promise<AgendaPage> {
  const size = Math.min(LIMIT_MAX, Math.max(1, limit))
  const words = wordsOf(text)
  const scan = words.length > 0 ? SCAN_MAX : size + 1
  const rows = await ledger.rows
    .find({ unit: String(unit), year: Number(year), ...(cursor && { number: { $lt: numberBefore(cursor) } }) })
    .sort({ number: -1 })
    .limit(scan)
    .toArray()
  const found = await matching(rows, words, size, find)
  const lines = found.slice(0, size)
  const total = await ledger.rows.countDocuments({ unit: String(unit), year: Number(year) })
  const resumeAt = found.length > size ? lines.at(-1) : rows.length === SCAN_MAX ? rows.at(-1) : undefined
  return { lines, total, next: resumeAt ? cursorAt(resumeAt) : null }
}

/** Years in which the unit gave numbers, newest first. */
export async function agendaYears(ledger: Ledger, unit: string): Promise<number[]> {
  const years = await ledger.rows.distinct('year', { unit: String(unit) })
  return years.toSorted((a, b) => b - a)
}

/** Senders of the unit's newest 2,000 letters, most frequent first; at most 200. */
export async function correspondentsOf(ledger: Ledger, unit: string, find: FindLetters): Promise<string[]> {
  const rows = await ledger.rows
    .find({ unit: String(unit) })
    .sort({ year: -1, number: -1 })
    .limit(SCAN_MAX)
    .toArray()
  const counts = new Map<string, number>()
  for (let from = 0; from < rows.length; from += CHUNK)
    for (const { letter } of await joined(rows.slice(from, from + CHUNK), find)) {
      const sender = letter?.summary.from
      if (typeof sender === 'string') counts.set(sender, (counts.get(sender) ?? 0) + 1)
    }
  const byCount = [...counts].toSorted(([a, m], [b, n]) => n - m || a.localeCompare(b, 'id'))
  return byCount.slice(0, CORRESPONDENTS_MAX).map(([sender]) => sender)
}
