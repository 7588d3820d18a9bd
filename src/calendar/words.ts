/** Working hours of an ordinary day (37.5 hours in five days); longer spans are told in days of this length. */
export const ORDINARY_DAY_MS = 7.5 * 3_600_000

const WORDS = {
  id: { day: ' hari', hour: ' jam', minute: ' menit', working: ' kerja', moment: 'kurang dari semenit' },
  en: { day: ' d', hour: ' h', minute: ' min', working: ' of working time', moment: 'less than a minute' },
}

/**
 * Working time as people say it: "2 jam 40 menit kerja", "3 hari 1 jam kerja". Parts are cut, never rounded up; from a
 * day on (7.5 h) minutes are left out. `bare` leaves the word for working time to the reader's column head.
 */
export function formatWorking(ms: number, language: 'id' | 'en', options: { bare?: boolean } = {}): string {
  const words = WORDS[language]
  const minutes = Math.floor(ms / 60_000)
  if (minutes < 1) return words.moment
  const dayMinutes = ORDINARY_DAY_MS / 60_000
  const days = Math.floor(minutes / dayMinutes)
  const hours = Math.floor((minutes - days * dayMinutes) / 60)
  const rest = Math.floor(minutes - days * dayMinutes - hours * 60)
  const parts = [
    [days, words.day],
    [hours, words.hour],
    [days > 0 ? 0 : rest, words.minute],
  ] as const
  const said = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`)
  return said.join(' ') + (options.bare ? '' : words.working)
}
