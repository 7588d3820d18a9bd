import type { Calendar } from '../../src/calendar/index.ts'

/** Every hour counts: lets engine tests speak of time without an office. */
export const wallCalendar = {
  version: 'wall',
  workingMsBetween: (from: Date, to: Date) => Math.max(0, to.getTime() - from.getTime()),
  addWorking: (from: Date, { days = 0, hours = 0, minutes = 0 }) =>
    new Date(from.getTime() + ((days * 24 + hours) * 60 + minutes) * 60_000),
} as unknown as Calendar
