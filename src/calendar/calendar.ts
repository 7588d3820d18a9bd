import type { CalendarData, DayHours } from './data.ts'

/** A span that an office counts: days are office days, hours and minutes are working time. */
export interface Span {
  days?: number
  hours?: number
  minutes?: number
}

export interface Calendar {
  /** Changes whenever its data do; kept with every duration that was counted by it. */
  readonly version: string
  /** IANA name. */
  readonly zone: string
  /** Exact working ms in [from, to); 0 when `to` is not after `from`. */
  workingMsBetween(from: Date, to: Date): number
  /**
   * When `span` has passed. Days first: the same time of day on the n-th following office day, moved into its hours
   * (out of a break to its end, after closing to closing time). Then hours and minutes of working time. Outside hours
   * counting begins at the next opening.
   */
  addWorking(from: Date, span: Span): Date
  isWorking(at: Date): boolean
  /** `at` itself while the office is open. */
  nextOpening(at: Date): Date
}

type Interval = readonly [startMs: number, endMs: number]

const DAY_MS = 86_400_000
/** Days that the tables cover; outside, nothing is working time. */
const FIRST_DAY = Date.UTC(2015, 0, 1) / DAY_MS
const LAST_DAY = Date.UTC(2045, 0, 1) / DAY_MS

/** Fixed offsets: Indonesia has no summer time (Keppres 41/1987). */
const OFFSET_MS: Record<string, number> = {
  'Asia/Jakarta': 7 * 3_600_000,
  'Asia/Makassar': 8 * 3_600_000,
  'Asia/Jayapura': 9 * 3_600_000,
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

function intervalsOf({ open, close, breaks = [] }: DayHours): Interval[] {
  const edges = [open, ...breaks.flat(), close].map((clock) => minutesOf(clock) * 60_000)
  const intervals: Interval[] = []
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const [start = 0, end = 0] = edges.slice(index, index + 2)
    if (end > start) intervals.push([start, end])
  }
  return intervals
}

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** Working intervals of every covered day, and the working time before it. */
function tablesOf(data: CalendarData): { plans: Interval[][]; before: Float64Array } {
  const closed = new Set(data.holidays.flatMap((year) => year.days.map((day) => day.date)))
  const plans: Interval[][] = []
  const before = new Float64Array(LAST_DAY - FIRST_DAY + 1)
  for (let day = FIRST_DAY; day < LAST_DAY; day++) {
    const date = isoDay(day)
    const special = data.spans.find((span) => span.from <= date && date <= span.to)
    const hours = (special?.week ?? data.week)[new Date(day * DAY_MS).getUTCDay()]
    const plan = hours && !closed.has(date) ? intervalsOf(hours) : []
    plans.push(plan)
    const total = plan.reduce((sum, [start, end]) => sum + end - start, 0)
    before[day - FIRST_DAY + 1] = (before[day - FIRST_DAY] ?? 0) + total
  }
  return { plans, before }
}

const NOTHING: Interval[] = []

class TableCalendar implements Calendar {
  readonly version: string
  readonly zone: string
  readonly #offset: number
  readonly #plans: Interval[][]
  readonly #before: Float64Array

  constructor(data: CalendarData) {
    const offset = OFFSET_MS[data.zone]
    if (offset === undefined) throw new RangeError(`no office is known in zone ${data.zone}`)
    this.version = data.version
    this.zone = data.zone
    this.#offset = offset
    const { plans, before } = tablesOf(data)
    this.#plans = plans
    this.#before = before
  }

  workingMsBetween(from: Date, to: Date): number {
    return to > from ? this.#elapsed(to.getTime()) - this.#elapsed(from.getTime()) : 0
  }

  addWorking(from: Date, { days = 0, hours = 0, minutes = 0 }: Span): Date {
    let at = this.nextOpening(from).getTime()
    if (days > 0) at = this.#sameTimeLater(at, days)
    const ms = (hours * 60 + minutes) * 60_000
    return new Date(ms > 0 ? this.#when(this.#elapsed(at) + ms) : at)
  }

  isWorking(at: Date): boolean {
    const { day, ms } = this.#split(at.getTime())
    return this.#plan(day).some(([start, end]) => start <= ms && ms < end)
  }

  nextOpening(at: Date): Date {
    const { day, ms } = this.#split(at.getTime())
    for (let ahead = day; ahead < this.#plans.length; ahead++) {
      const open = this.#plan(ahead).find(([, end]) => ahead > day || ms < end)
      if (open) return new Date(Math.max(at.getTime(), this.#join(ahead, open[0])))
    }
    return at
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

  #plan(day: number): Interval[] {
    return this.#plans[day] ?? NOTHING
  }

  /** Working ms since the first covered day. */
  #elapsed(time: number): number {
    const { day, ms } = this.#split(time)
    if (day < 0) return 0
    let total = this.#before[Math.min(day, this.#before.length - 1)] ?? 0
    for (const [start, end] of this.#plan(day)) total += Math.max(0, Math.min(ms, end) - start)
    return total
  }

  /** The first moment at which `target` working ms have elapsed. */
  #when(target: number): number {
    let low = 0
    let high = this.#plans.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#before[middle + 1] ?? Number.POSITIVE_INFINITY) >= target) high = middle
      else low = middle + 1
    }
    let rest = target - (this.#before[low] ?? 0)
    for (const [start, end] of this.#plan(low)) {
      if (rest <= end - start) return this.#join(low, start + rest)
      rest -= end - start
    }
    throw new RangeError('beyond the last day of the calendar')
  }

  #sameTimeLater(at: number, days: number): number {
    const { day, ms } = this.#split(at)
    let target = day
    for (let left = days; left > 0; left--) {
      do target++
      while (this.#plan(target).length === 0 && target < this.#plans.length)
    }
    const plan = this.#plan(target)
    const closing = plan.at(-1)?.[1] ?? ms
    const within = plan.find(([, end]) => ms < end)
    return this.#join(target, within ? Math.max(ms, within[0]) : closing)
  }
}

/** Builds the tables once; counting is then a look-up. @throws RangeError for a zone without an Indonesian office */
export const createCalendar = (data: CalendarData): Calendar => new TableCalendar(data)
