import type { CalendarData, DayHours } from './data.ts'

/** Working time of a day, ms after local midnight. */
export type Interval = readonly [startMs: number, endMs: number]

export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Days that the tables cover, counted from 1970; outside, nothing is working time. */
export const FIRST_DAY = Date.UTC(2015, 0, 1) / DAY_MS
export const LAST_DAY = Date.UTC(2045, 0, 1) / DAY_MS

const CLOCK = /^([01]\d|2[0-3]):([0-5]\d)$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

function msOf(clock: string): number {
  const [, hours, minutes] = CLOCK.exec(clock) ?? []
  if (hours === undefined) throw new RangeError(`${clock} is no time of day HH:MM`)
  return (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
}

/** The times of a day in order: open, start and end of each break, close. */
function intervalsOf({ open, close, breaks = [] }: DayHours): Interval[] {
  const edges = [open, ...breaks.flat(), close].map(msOf)
  if (edges.some((edge, index) => index > 0 && edge <= (edges[index - 1] ?? 0)))
    throw new RangeError(`the hours ${open}–${close} are not in order`)
  return edges.flatMap((edge, index) => (index % 2 === 0 ? [[edge, edges[index + 1] ?? edge] as const] : []))
}

const isoDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

const isDate = (text: string): boolean => {
  const time = DATE.test(text) ? Date.parse(text) : Number.NaN
  // A day that does not exist is either refused by the parser or rolls over to another.
  return !Number.isNaN(time) && isoDay(time / DAY_MS) === text
}

function checkDates({ holidays, spans }: CalendarData): void {
  const days = holidays.flatMap(({ year, days }) => days.map(({ date }) => ({ date, year: String(year) })))
  const strange = days.find(({ date, year }) => !isDate(date) || !date.startsWith(year))
  if (strange) throw new RangeError(`${strange.date} is no day of ${strange.year}`)
  const wrong = spans.find(({ from, to }) => !isDate(from) || !isDate(to) || to < from)
  if (wrong) throw new RangeError(`${wrong.name} has no first and last day`)
  const ordered = [...spans].sort((one, other) => (one.from < other.from ? -1 : 1))
  const clash = ordered.find(({ from }, index) => index > 0 && from <= (ordered[index - 1]?.to ?? ''))
  if (clash) throw new RangeError(`${clash.name} overlaps another span`)
}

export interface Tables {
  /** Working intervals by day since `FIRST_DAY`; empty: closed. */
  plans: readonly (readonly Interval[])[]
  /** Working ms before each day. */
  before: Float64Array
  /** Indexes of the office days, ascending. */
  officeDays: Int32Array
  /** Office days before each day. */
  rank: Int32Array
}

/** @throws RangeError when a date or a time of day is malformed, or spans overlap */
export function tablesOf(data: CalendarData): Tables {
  checkDates(data)
  const count = LAST_DAY - FIRST_DAY
  const closed = new Set(data.holidays.flatMap((year) => year.days.map((day) => day.date)))
  const weeks = [data.week, ...data.spans.map((span) => span.week)]
  const prepared = weeks.map((week) => week.map((hours) => (hours ? intervalsOf(hours) : [])))
  const plans: (readonly Interval[])[] = []
  const before = new Float64Array(count + 1)
  const rank = new Int32Array(count + 1)
  const officeDays: number[] = []
  for (let day = 0; day < count; day++) {
    const date = isoDay(day + FIRST_DAY)
    const span = data.spans.findIndex(({ from, to }) => from <= date && date <= to)
    const weekday = new Date((day + FIRST_DAY) * DAY_MS).getUTCDay()
    const plan = closed.has(date) ? [] : (prepared[span + 1]?.[weekday] ?? [])
    plans.push(plan)
    if (plan.length > 0) officeDays.push(day)
    rank[day + 1] = officeDays.length
    before[day + 1] = (before[day] ?? 0) + plan.reduce((sum, [start, end]) => sum + end - start, 0)
  }
  return { plans, before, officeDays: Int32Array.from(officeDays), rank }
}
