import type { Labels } from '../labels/index.ts'

/** Office hours in one ordinary day, for saying long spans in days. Source: Perpres 21/2023, 37.5 hours over five days. */
const DAY_MS = 7.5 * 3_600_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** From here on a span is said in days. */
const DAYS_FROM_MS = 2 * DAY_MS

/** A span cut into what people say: days and hours, hours and minutes, or minutes. */
function parts(ms: number): { days: number; hours: number; minutes: number } {
  if (ms >= DAYS_FROM_MS) {
    const hours = Math.round(ms / HOUR_MS)
    const days = Math.floor(hours / 7.5)
    return { days, hours: Math.round(hours - days * 7.5), minutes: 0 }
  }
  const minutes = Math.round(ms / MINUTE_MS)
  return { days: 0, hours: Math.floor(minutes / 60), minutes: minutes % 60 }
}

const some = (n: number, one: string, many: string): string | null => (n === 0 ? null : `${n} ${n === 1 ? one : many}`)

/** `2 jam 40 menit`; ms of working time. */
export function span(ms: number, { time }: Labels): string {
  const { days, hours, minutes } = parts(ms)
  const said = [
    some(days, time.day, time.days2),
    some(hours, time.hour, time.hours2),
    some(minutes, time.minute, time.minutes2),
  ]
  return said.filter(Boolean).join(' ') || time.less
}

/** `2 j 40 mnt`, for drawings and table cells. */
export function spanShort(ms: number, { time }: Labels): string {
  const { days, hours, minutes } = parts(ms)
  const said = [
    days ? `${days} ${time.dayShort}` : null,
    hours ? `${hours} ${time.hourShort}` : null,
    minutes ? `${minutes} ${time.minuteShort}` : null,
  ]
  return said.filter(Boolean).join(' ') || time.lessShort
}

/** `2 jam 40 menit kerja`. */
export const workingSpan = (ms: number, labels: Labels): string => labels.time.working(span(ms, labels))

interface Local {
  year: number
  month: number
  day: number
  weekday: number
  hours: string
  minutes: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function local(date: Date, zone: string): Local {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
  formats.set(zone, format)
  const found = Object.fromEntries(format.formatToParts(date).map((part) => [part.type, part.value]))
  const [year, month, day] = [Number(found.year), Number(found.month), Number(found.day)]
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, weekday, hours: found.hour ?? '', minutes: found.minute ?? '' }
}

/** What a moment is said against: the reader's now and zone. */
export interface Moment {
  now: Date
  zone: string
}

const dayNumber = (at: Local): number => Date.UTC(at.year, at.month - 1, at.day) / 86_400_000

/** `Sen 23 Nov`; the year only when it is another one. */
export function day(date: Date, { now, zone }: Moment, { time }: Labels): string {
  const [at, today] = [local(date, zone), local(now, zone)]
  const year = at.year === today.year ? '' : ` ${at.year}`
  return `${time.days[at.weekday]} ${at.day} ${time.months[at.month - 1]}${year}`
}

/** `08.12` */
export function clock(date: Date, { zone }: Moment, { time }: Labels): string {
  const at = local(date, zone)
  return time.clock(at.hours, at.minutes)
}

/** `Sen 23 Nov, 08.12`. */
export const moment = (date: Date, when: Moment, labels: Labels): string =>
  `${day(date, when, labels)}, ${clock(date, when, labels)}`

/** `hari ini 14.30`, `kemarin 09.05`, else day and time. */
export function nearMoment(date: Date, when: Moment, labels: Labels): string {
  const away = dayNumber(local(date, when.zone)) - dayNumber(local(when.now, when.zone))
  const time = clock(date, when, labels)
  if (away === 0) return labels.time.today(time)
  if (away === -1) return labels.time.yesterday(time)
  if (away === 1) return labels.time.tomorrow(time)
  return moment(date, when, labels)
}

/** `2026-11-20` → `20 Nov 2026`; anything else is returned as it is. */
export function isoDay(text: string, { time }: Labels): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? []
  return year ? `${Number(date)} ${time.months[Number(month) - 1]} ${year}` : text
}

const KB = 1024

/** `38 KB`, `1,4 MB`, `50 MB`: as file managers count, in powers of 1,024. */
export function size(bytes: number, { bytes: words }: Labels): string {
  if (bytes < KB * KB) return `${Math.max(1, Math.round(bytes / KB))} ${words.kb}`
  const megabytes = (bytes / KB / KB).toFixed(1).replace(/\.0$/, '')
  return `${megabytes.replace('.', words.decimal)} ${words.mb}`
}
