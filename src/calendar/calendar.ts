import { createHash } from 'node:crypto'
import type { CalendarData } from './data.ts'
import { DAY_MS, FIRST_DAY, type Interval, LAST_DAY, type Tables, tablesOf } from './tables.ts'

/** A span that an office counts: days are office days, hours and minutes are working time. None is negative. */
export interface Span {
  days?: number
  hours?: number
  minutes?: number
}

export interface Calendar {
  /** Hash of its data: changes whenever they do; kept with every duration that was counted by it. */
  readonly version: string
  /** IANA name. */
  readonly zone: string
  /** Exact working ms in [from, to); 0 when `to` is not after `from`. */
  workingMsBetween(from: Date, to: Date): number
  /**
   * When `span` has passed. Outside hours counting begins at the next opening. Days first: the same time of day on the
   * n-th following office day, moved into its hours (out of a break to its end, after closing to closing time). Then
   * hours and minutes of working time: the first moment at which they have passed, so a full day ends at closing time
   * and not at the next opening.
   * @throws RangeError for a negative or broken number, or beyond the last day of the calendar
   */
  addWorking(from: Date, span: Span): Date
  isWorking(at: Date): boolean
  /** `at` itself while the office is open. @throws RangeError beyond the last day of the calendar */
  nextOpening(at: Date): Date
}

/** Fixed offsets: Indonesia has no summer time (Keppres 41/1987). */
const OFFSET_MS: Record<string, number> = {
  'Asia/Jakarta': 7 * 3_600_000,
  'Asia/Makassar': 8 * 3_600_000,
  'Asia/Jayapura': 9 * 3_600_000,
}

const NOTHING: readonly Interval[] = []

const beyond = () => new RangeError(`the calendar ends on ${new Date(LAST_DAY * DAY_MS).toISOString().slice(0, 10)}`)

function checkSpan({ days = 0, hours = 0, minutes = 0 }: Span): { days: number; ms: number } {
  const ms = Math.round((hours * 60 + minutes) * 60_000)
  if (!Number.isSafeInteger(days) || days < 0 || !Number.isSafeInteger(ms) || hours < 0 || minutes < 0)
    throw new RangeError('a working span is made of whole days, hours and minutes, none negative')
  return { days, ms }
}

class TableCalendar implements Calendar {
  readonly version: string
  readonly zone: string
  readonly #offset: number
  readonly #tables: Tables

  constructor(data: CalendarData) {
    const offset = OFFSET_MS[data.zone]
    if (offset === undefined) throw new RangeError(`no office is known in zone ${data.zone}`)
    this.version = createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 12)
    this.zone = data.zone
    this.#offset = offset
    this.#tables = tablesOf(data)
  }

  workingMsBetween(from: Date, to: Date): number {
    return to > from ? this.#elapsed(to.getTime()) - this.#elapsed(from.getTime()) : 0
  }

  addWorking(from: Date, span: Span): Date {
    const { days, ms } = checkSpan(span)
    let at = this.nextOpening(from).getTime()
    if (days > 0) at = this.#sameTimeLater(at, days)
    return new Date(ms > 0 ? this.#when(this.#elapsed(at) + ms) : at)
  }

  isWorking(at: Date): boolean {
    const { day, ms } = this.#split(at.getTime())
    return this.#plan(day).some(([start, end]) => start <= ms && ms < end)
  }

  nextOpening(at: Date): Date {
    const { day, ms } = this.#split(at.getTime())
    const today = this.#plan(day).find(([, end]) => ms < end)
    if (today) return new Date(Math.max(at.getTime(), this.#join(day, today[0])))
    const { officeDays, rank } = this.#tables
    const next = day < 0 ? officeDays[0] : officeDays[rank[day + 1] ?? officeDays.length]
    const opening = next === undefined ? undefined : this.#plan(next)[0]
    if (next === undefined || opening === undefined) throw beyond()
    return new Date(this.#join(next, opening[0]))
  }

  /** Day index in the tables and ms into that local day. */
  #split(time: number): { day: number; ms: number } {
    const local = time + this.#offset
    const day = Math.floor(local / DAY_MS)
    return { day: day - FIRST_DAY, ms: local - day * DAY_MS }
  }

  #join(day: number, ms: number): number {
    return (day + FIRST_DAY) * DAY_MS + ms - this.#offset
  }

  #plan(day: number): readonly Interval[] {
    return this.#tables.plans[day] ?? NOTHING
  }

  /** Working ms since the first covered day. */
  #elapsed(time: number): number {
    const { before } = this.#tables
    const { day, ms } = this.#split(time)
    if (day < 0) return 0
    let total = before[Math.min(day, before.length - 1)] ?? 0
    for (const [start, end] of this.#plan(day)) total += Math.max(0, Math.min(ms, end) - start)
    return total
  }

  /** The first moment at which `target` working ms have elapsed. */
  #when(target: number): number {
    const { before, plans } = this.#tables
    let low = 0
    let high = plans.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((before[middle + 1] ?? Number.POSITIVE_INFINITY) >= target) high = middle
      else low = middle + 1
    }
    let rest = target - (before[low] ?? 0)
    for (const [start, end] of this.#plan(low)) {
      if (rest <= end - start) return this.#join(low, start + rest)
      rest -= end - start
    }
    throw beyond()
  }

  #sameTimeLater(at: number, days: number): number {
    const { officeDays, rank } = this.#tables
    const { day, ms } = this.#split(at)
    const target = officeDays[(rank[day] ?? officeDays.length) + days]
    if (target === undefined) throw beyond()
    const plan = this.#plan(target)
    const within = plan.find(([, end]) => ms < end)
    return this.#join(target, within ? Math.max(ms, within[0]) : (plan.at(-1)?.[1] ?? ms))
  }
}

/**
 * Builds the tables once (some ms); counting is then a look-up.
 * @throws RangeError for a zone without an Indonesian office, malformed dates or hours, overlapping spans
 */
export const createCalendar = (data: CalendarData): Calendar => new TableCalendar(data)
