import type { CalendarData, DayHours, WeekHours } from './data.ts'
import { nationalHolidays } from './holidays.ts'

/** Perpres 21/2023: 37.5 hours in five days from 07:30; an hour's break, 90 minutes on Friday. */
const ordinary: DayHours = { open: '07:30', close: '16:00', breaks: [['12:00', '13:00']] }
const friday: DayHours = { open: '07:30', close: '16:30', breaks: [['11:30', '13:00']] }
const week: WeekHours = [null, ordinary, ordinary, ordinary, ordinary, friday, null]

/** Ramadan's hours of five-day units; only Friday's end differed between the circulars. */
const fasting: DayHours = { open: '08:00', close: '15:30', breaks: [['12:00', '12:30']] }
const ramadan = (fridayClose: string): WeekHours => {
  return [null, fasting, fasting, fasting, fasting, { open: '08:00', close: fridayClose }, null]
}

/** Five-day offices of East Kalimantan, central Indonesian time. */
export const kaltim: CalendarData = {
  zone: 'Asia/Makassar',
  week,
  spans: [
    {
      from: '2024-03-12',
      to: '2024-04-09',
      name: 'Ramadan 1445 H',
      source: 'SE Gubernur 100.3.4.1/2/B.ORG-III/2024',
      week: ramadan('11:30'),
    },
    {
      from: '2025-03-01',
      to: '2025-03-30',
      name: 'Ramadan 1446 H',
      source: "SE Gubernur 003/4565/B.org-III for Friday; Monday to Thursday as in 2024's",
      week: ramadan('11:00'),
    },
    // Hours of 2024 until the year's own circular is entered; the dates follow Nyepi and Idulfitri of the decree.
    {
      from: '2026-02-19',
      to: '2026-03-20',
      name: 'Ramadan 1447 H',
      source: 'hours of 2024, provisional',
      week: ramadan('11:30'),
    },
  ],
  // Local days off are entered as `local` days of a year once a governor's circular names them.
  holidays: nationalHolidays,
}
