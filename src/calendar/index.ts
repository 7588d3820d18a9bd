/**
 * How an office counts time: zones, hours, Ramadan, holidays, versions. Pure; imports nothing. Changes when a decree
 * does.
 */
import { createCalendar } from './calendar.ts'
import { kaltim } from './kaltim.ts'

export { type Calendar, createCalendar, type Span } from './calendar.ts'
export type { CalendarData, DayHours, HolidayYear, WeekHours } from './data.ts'
export { kaltim } from './kaltim.ts'
export { formatWorking, ORDINARY_DAY_MS } from './words.ts'

export const defaultCalendar = createCalendar(kaltim)
