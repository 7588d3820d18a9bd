import { createHash } from 'node:crypto'
import type { CalendarData, DayHours, HolidayYear, WeekHours } from './data.ts'

/** Perpres 21/2023: 37.5 hours in five days from 07:30; an hour's break, 90 minutes on Friday. */
const ordinary: DayHours = { open: '07:30', close: '16:00', breaks: [['12:00', '13:00']] }
const friday: DayHours = { open: '07:30', close: '16:30', breaks: [['11:30', '13:00']] }
const week: WeekHours = [null, ordinary, ordinary, ordinary, ordinary, friday, null]

/** Governor's circular 100.3.4.1/2/B.ORG-III/2024, five-day units. */
const fasting: DayHours = { open: '08:00', close: '15:30', breaks: [['12:00', '12:30']] }
const ramadan: WeekHours = [null, fasting, fasting, fasting, fasting, { open: '08:00', close: '11:30' }, null]

const FIXED = [
  ['01-01', 'Tahun Baru'],
  ['05-01', 'Hari Buruh'],
  ['06-01', 'Hari Lahir Pancasila'],
  ['08-17', 'Hari Kemerdekaan'],
  ['12-25', 'Natal'],
] as const

/** Years whose decree was not at hand: only days with a fixed date. */
const partial = (year: number): HolidayYear => ({
  year,
  status: 'partial',
  source: 'fixed dates only',
  days: FIXED.map(([day, name]) => ({ date: `${year}-${day}`, name, kind: 'holiday' })),
})

const holiday = (date: string, name: string) => ({ date: `2026-${date}`, name, kind: 'holiday' as const })
const leave = (date: string) => ({ date: `2026-${date}`, name: 'Cuti bersama', kind: 'joint-leave' as const })

const decreed2026: HolidayYear = {
  year: 2026,
  status: 'decreed',
  source: 'SKB 3 Menteri 1497-2-5/2025',
  days: [
    holiday('01-01', 'Tahun Baru'),
    holiday('01-16', 'Isra Mikraj'),
    holiday('02-17', 'Imlek'),
    holiday('03-19', 'Nyepi'),
    holiday('03-21', 'Idulfitri'),
    holiday('03-22', 'Idulfitri'),
    holiday('04-03', 'Wafat Yesus Kristus'),
    holiday('04-05', 'Paskah'),
    holiday('05-01', 'Hari Buruh'),
    holiday('05-14', 'Kenaikan Yesus Kristus'),
    holiday('05-27', 'Iduladha'),
    holiday('05-31', 'Waisak'),
    holiday('06-01', 'Hari Lahir Pancasila'),
    holiday('06-16', 'Tahun Baru Islam'),
    holiday('08-17', 'Hari Kemerdekaan'),
    holiday('08-25', 'Maulid Nabi'),
    holiday('12-25', 'Natal'),
    ...['02-16', '03-18', '03-20', '03-23', '03-24', '05-15', '05-28', '12-24'].map(leave),
  ],
}

const data = {
  zone: 'Asia/Makassar' as const,
  week,
  spans: [
    {
      from: '2024-03-12',
      to: '2024-04-09',
      name: 'Ramadan 1445 H',
      source: 'SE 100.3.4.1/2/B.ORG-III/2024',
      week: ramadan,
    },
    // Hours of 2024 until the year's own circular is entered; the dates follow Nyepi and Idulfitri of the decree.
    {
      from: '2026-02-19',
      to: '2026-03-20',
      name: 'Ramadan 1447 H',
      source: 'hours of 2024, provisional',
      week: ramadan,
    },
  ],
  holidays: [...[2021, 2022, 2023, 2024, 2025].map(partial), decreed2026, partial(2027)],
}

/** Five-day offices of East Kalimantan, central Indonesian time. */
export const kaltim: CalendarData = {
  version: createHash('sha256').update(JSON.stringify(data)).digest('hex').slice(0, 12),
  ...data,
}
