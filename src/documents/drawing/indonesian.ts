/** Dates and times as an Indonesian office writes them. */
const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
]
/** Official abbreviations of the three Indonesian zones (Keputusan Presiden 41/1987). */
const ZONE_NAMES: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

const formats = new Map<string, Intl.DateTimeFormat>()

function partsIn(zone: string, at: Date): Record<string, string> {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}

/**
 * "24 November 2026".
 * @param value `YYYY-MM-DD` (a day of the calendar, no zone involved) or an ISO time, shown in `zone`; what is neither
 * is returned as it stands, since letters carry dates like "akhir Mei 2026"
 */
export function longDate(value: string, zone: string): string {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value)
  if (day) return spell(Number(day[3]), Number(day[2]), Number(day[1]))
  const at = instant(value)
  if (!at) return value
  const { day: d, month, year } = partsIn(zone, at)
  return spell(Number(d), Number(month), Number(year))
}

/** ISO times only: `Date` reads "akhir Mei 2026" as a day in January. */
function instant(value: string): Date | null {
  const at = /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value) : null
  return at && !Number.isNaN(at.getTime()) ? at : null
}

function spell(day: number, month: number, year: number): string {
  return `${day} ${MONTHS[month - 1] ?? month} ${year}`
}

/** "24 November 2026 pukul 10.42 WITA"; a plain day stays without a time. */
export function longDateTime(value: string, zone: string): string {
  const at = instant(value)
  if (!at) return longDate(value, zone)
  const { hour, minute } = partsIn(zone, at)
  return `${longDate(value, zone)} pukul ${hour}.${minute} ${ZONE_NAMES[zone] ?? zone}`
}
