/** Minutes east of Greenwich of a zone at a moment. */
function offsetMinutes(at: Date, zone: string): number {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? []
  if (!sign) return 0
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/** `2026-11-23T14:30` on a clock in `zone` as ISO with offset; anything else is returned as it came. */
export function zonedIso(local: string, zone: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return local
  const nominal = new Date(`${local}:00Z`)
  if (Number.isNaN(nominal.getTime())) return local
  const minutes = offsetMinutes(nominal, zone)
  const pad = (n: number) => String(Math.floor(Math.abs(n))).padStart(2, '0')
  return `${local}:00${minutes < 0 ? '-' : '+'}${pad(minutes / 60)}:${pad(minutes % 60)}`
}

/** A moment as `YYYY-MM-DDTHH:mm` on a clock in `zone`, for `datetime-local`. */
export function localClock(at: Date, zone: string): string {
  const moved = new Date(at.getTime() + offsetMinutes(at, zone) * 60_000)
  return moved.toISOString().slice(0, 16)
}

/** The day of a moment in `zone`, `YYYY-MM-DD`. */
export const localDay = (at: Date, zone: string): string => localClock(at, zone).slice(0, 10)
