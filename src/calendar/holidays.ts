import type { HolidayYear } from './data.ts'

type Status = HolidayYear['status']

/** A year from lines `MM-DD name`; the dates of joint leave carry no name of their own. */
function yearOf(year: number, status: Status, source: string, holidays: string, leave = ''): HolidayYear {
  const named = holidays
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => ({ date: `${year}-${line.slice(0, 5)}`, name: line.slice(6), kind: 'holiday' as const }))
  const joint = leave
    .split(' ')
    .filter(Boolean)
    .map((day) => ({ date: `${year}-${day}`, name: 'Cuti bersama', kind: 'joint-leave' as const }))
  const days = [...named, ...joint].sort((one, other) => (one.date < other.date ? -1 : 1))
  return { year, status, source, days }
}

/**
 * National holidays and joint leave. The list of a year changes by decree even in mid-year (18 August 2025 came ten
 * days before); a change gives the calendar another version, durations already counted keep theirs.
 */
export const nationalHolidays: readonly HolidayYear[] = [
  yearOf(
    2021,
    'provisional',
    'SKB 712/2021, 1/2021, 3/2021 (third change)',
    `01-01 Tahun Baru
    02-12 Imlek
    03-11 Isra Mikraj
    03-14 Nyepi
    04-02 Wafat Isa Almasih
    05-01 Hari Buruh
    05-13 Idulfitri; Kenaikan Isa Almasih
    05-14 Idulfitri
    05-26 Waisak
    06-01 Hari Lahir Pancasila
    07-20 Iduladha
    08-11 Tahun Baru Islam (digeser)
    08-17 Hari Kemerdekaan
    10-20 Maulid Nabi (digeser)
    12-25 Natal`,
    '05-12',
  ),
  yearOf(
    2022,
    'provisional',
    'SKB 963/2021 and its change of April 2022',
    `01-01 Tahun Baru
    02-01 Imlek
    02-28 Isra Mikraj
    03-03 Nyepi
    04-15 Wafat Isa Almasih
    05-01 Hari Buruh
    05-02 Idulfitri
    05-03 Idulfitri
    05-16 Waisak
    05-26 Kenaikan Isa Almasih
    06-01 Hari Lahir Pancasila
    07-10 Iduladha
    07-30 Tahun Baru Islam
    08-17 Hari Kemerdekaan
    10-08 Maulid Nabi
    12-25 Natal`,
    '04-29 05-04 05-05 05-06',
  ),
  yearOf(
    2023,
    'provisional',
    'SKB 1066/2022 and its changes of March and June 2023',
    `01-01 Tahun Baru
    01-22 Imlek
    02-18 Isra Mikraj
    03-22 Nyepi
    04-07 Wafat Isa Almasih
    04-22 Idulfitri
    04-23 Idulfitri
    05-01 Hari Buruh
    05-18 Kenaikan Isa Almasih
    06-01 Hari Lahir Pancasila
    06-04 Waisak
    06-29 Iduladha
    07-19 Tahun Baru Islam
    08-17 Hari Kemerdekaan
    09-28 Maulid Nabi
    12-25 Natal`,
    '01-23 03-23 04-19 04-20 04-21 04-24 04-25 06-02 06-28 06-30 12-26',
  ),
  yearOf(
    2024,
    'provisional',
    'SKB 855/2023, 3/2023, 4/2023; election days by presidential decree',
    `01-01 Tahun Baru
    02-08 Isra Mikraj
    02-10 Imlek
    02-14 Pemilihan umum
    03-11 Nyepi
    03-29 Wafat Isa Almasih
    03-31 Paskah
    04-10 Idulfitri
    04-11 Idulfitri
    05-01 Hari Buruh
    05-09 Kenaikan Isa Almasih
    05-23 Waisak
    06-01 Hari Lahir Pancasila
    06-17 Iduladha
    07-07 Tahun Baru Islam
    08-17 Hari Kemerdekaan
    09-16 Maulid Nabi
    11-27 Pemilihan kepala daerah
    12-25 Natal`,
    '02-09 03-12 04-08 04-09 04-12 04-15 05-10 05-24 06-18 12-26',
  ),
  yearOf(
    2025,
    'decreed',
    'SKB 1017/2024, 2/2024, 2/2024; changed by SKB 933/2025, 1/2025, 3/2025',
    `01-01 Tahun Baru
    01-27 Isra Mikraj
    01-29 Imlek
    03-29 Nyepi
    03-31 Idulfitri
    04-01 Idulfitri
    04-18 Wafat Yesus Kristus
    04-20 Paskah
    05-01 Hari Buruh
    05-12 Waisak
    05-29 Kenaikan Yesus Kristus
    06-01 Hari Lahir Pancasila
    06-06 Iduladha
    06-27 Tahun Baru Islam
    08-17 Hari Kemerdekaan
    09-05 Maulid Nabi
    12-25 Natal`,
    '01-28 03-28 04-02 04-03 04-04 04-07 05-13 05-30 06-09 08-18 12-26',
  ),
  yearOf(
    2026,
    'decreed',
    'SKB 1497/2025, 2/2025, 5/2025',
    `01-01 Tahun Baru
    01-16 Isra Mikraj
    02-17 Imlek
    03-19 Nyepi
    03-21 Idulfitri
    03-22 Idulfitri
    04-03 Wafat Yesus Kristus
    04-05 Paskah
    05-01 Hari Buruh
    05-14 Kenaikan Yesus Kristus
    05-27 Iduladha
    05-31 Waisak
    06-01 Hari Lahir Pancasila
    06-16 Tahun Baru Islam
    08-17 Hari Kemerdekaan
    08-25 Maulid Nabi
    12-25 Natal`,
    '02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24',
  ),
  yearOf(
    2027,
    'unknown',
    'fixed dates only; the decree is to be entered',
    `01-01 Tahun Baru
    05-01 Hari Buruh
    06-01 Hari Lahir Pancasila
    08-17 Hari Kemerdekaan
    12-25 Natal`,
  ),
]
