/** Hours of one day, local clock `HH:MM`. */
export interface DayHours {
  open: string
  close: string
  breaks?: readonly (readonly [string, string])[]
}

/** Seven days, Sunday first; null: closed. */
export type WeekHours = readonly (DayHours | null)[]

export interface HolidayYear {
  year: number
  /** `decreed`: from the joint ministers' decree; `partial`: only the days known for certain are in. */
  status: 'decreed' | 'partial'
  source: string
  days: readonly { date: string; name: string; kind: 'holiday' | 'joint-leave' | 'local' }[]
}

export interface CalendarData {
  version: string
  zone: 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'
  week: WeekHours
  /** Other hours between two dates (inclusive), such as Ramadan's. */
  spans: readonly { from: string; to: string; name: string; source: string; week: WeekHours }[]
  holidays: readonly HolidayYear[]
}
