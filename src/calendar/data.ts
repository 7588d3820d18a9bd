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
  /**
   * `decreed`: all days of the joint ministers' decree, later changes included; `provisional`: believed complete, the
   * decree itself was not compared; `unknown`: no list yet, only the days with a fixed date.
   */
  status: 'decreed' | 'provisional' | 'unknown'
  source: string
  days: readonly { date: string; name: string; kind: 'holiday' | 'joint-leave' | 'local' }[]
}

export interface CalendarData {
  zone: 'Asia/Jakarta' | 'Asia/Makassar' | 'Asia/Jayapura'
  week: WeekHours
  /** Other hours between two local dates (inclusive), such as Ramadan's. They do not overlap. */
  spans: readonly { from: string; to: string; name: string; source: string; week: WeekHours }[]
  holidays: readonly HolidayYear[]
}
