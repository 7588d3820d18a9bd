import { expect } from 'chai'
import { createCalendar, defaultCalendar, kaltim } from '../../src/calendar/index.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const FROM = Date.UTC(2024, 0, 1)
const TO = Date.UTC(2027, 11, 31)

/** Small repeatable generator (mulberry32); the seed stands in the failure's text. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SEED = Number(process.env.SEED ?? 20260318)
const { workingMsBetween, addWorking } = {
  workingMsBetween: (from: number, to: number) => defaultCalendar.workingMsBetween(new Date(from), new Date(to)),
  addWorking: (from: number, minutes: number) => defaultCalendar.addWorking(new Date(from), { minutes }).getTime(),
}

/** Whether the office is open, told by the platform's own time zone tables and the data alone. */
const clock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Makassar',
  dateStyle: 'short',
  timeStyle: 'short',
})
function isOpenByTheBook(at: number): boolean {
  const [date = '', time = ''] = clock.format(at).split(' ')
  if (kaltim.holidays.some(({ days }) => days.some((day) => day.date === date))) return false
  const week = kaltim.spans.find(({ from, to }) => from <= date && date <= to)?.week ?? kaltim.week
  const hours = week[new Date(`${date}T00:00:00Z`).getUTCDay()]
  if (!hours || time < hours.open || time >= hours.close) return false
  return !(hours.breaks ?? []).some(([start, end]) => start <= time && time < end)
}

describe(`working time at random moments (seed ${SEED})`, () => {
  const random = randomOf(SEED)
  const moment = () => FROM + Math.floor(random() * (TO - FROM))

  it('adds up: a–b and b–c make a–c', () => {
    for (let round = 0; round < 5_000; round++) {
      const [a = 0, b = 0, c = 0] = [moment(), moment(), moment()].sort((one, other) => one - other)
      expect(workingMsBetween(a, b) + workingMsBetween(b, c), `${a} ${b} ${c}`).to.equal(workingMsBetween(a, c))
    }
  })

  it('never runs backwards nor faster than the clock', () => {
    for (let round = 0; round < 5_000; round++) {
      const from = moment()
      const step = Math.floor(random() * 3 * HOUR_MS)
      const worked = workingMsBetween(from, from + step)
      expect(worked, `${from}+${step}`).to.be.within(0, step)
    }
  })

  it('agrees minute by minute with the printed hours', () => {
    for (let round = 0; round < 25; round++) {
      const from = Math.floor(moment() / MINUTE_MS) * MINUTE_MS
      const minutes = Math.floor(random() * 2_880)
      let open = 0
      for (let minute = 0; minute < minutes; minute++) if (isOpenByTheBook(from + minute * MINUTE_MS)) open++
      expect(workingMsBetween(from, from + minutes * MINUTE_MS), `${from} ${minutes}`).to.equal(open * MINUTE_MS)
    }
  })

  it('is what a deadline was given', () => {
    for (let round = 0; round < 5_000; round++) {
      const from = moment()
      const minutes = Math.floor(random() * 6_000)
      expect(workingMsBetween(from, addWorking(from, minutes)), `${from}+${minutes}`).to.equal(minutes * MINUTE_MS)
    }
  })

  it('moves a deadline later when it starts later or lasts longer', () => {
    for (let round = 0; round < 5_000; round++) {
      const from = moment()
      const minutes = Math.floor(random() * 3_000)
      const due = addWorking(from, minutes)
      expect(addWorking(from + Math.floor(random() * HOUR_MS), minutes)).to.be.at.least(due)
      expect(addWorking(from, minutes + 1)).to.be.above(due)
    }
  })

  it('counts days one by one as it counts them at once', () => {
    for (let round = 0; round < 2_000; round++) {
      // In the morning, within the hours of every kind of day, so that no day moves the time.
      const opening = defaultCalendar.nextOpening(new Date(moment())).getTime()
      const from = Date.parse(`${clock.format(opening).slice(0, 10)}T10:00:00+08:00`)
      const days = 1 + Math.floor(random() * 40)
      let step = new Date(from)
      for (let day = 0; day < days; day++) step = defaultCalendar.addWorking(step, { days: 1 })
      const due = defaultCalendar.addWorking(new Date(from), { days })
      expect(due.toISOString(), `${from}+${days}`).to.equal(step.toISOString())
      expect(isOpenByTheBook(due.getTime())).to.equal(true)
    }
  })

  it('counts the same local hours in each of the three zones', () => {
    const [wib, wit] = (['Asia/Jakarta', 'Asia/Jayapura'] as const).map((zone) => createCalendar({ ...kaltim, zone }))
    for (let round = 0; round < 2_000; round++) {
      const [from = 0, to = 0] = [moment(), moment()].sort((one, other) => one - other)
      const worked = workingMsBetween(from, to)
      expect(wib?.workingMsBetween(new Date(from + HOUR_MS), new Date(to + HOUR_MS))).to.equal(worked)
      expect(wit?.workingMsBetween(new Date(from - HOUR_MS), new Date(to - HOUR_MS))).to.equal(worked)
    }
  })

  it('does not care where the server stands', () => {
    const here = process.env.TZ
    const from = Date.parse('2026-03-06T23:00:00Z')
    const to = Date.parse('2026-04-07T03:00:00Z')
    const worked = workingMsBetween(from, to)
    try {
      for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'Asia/Jakarta']) {
        process.env.TZ = zone
        expect(createCalendar(kaltim).workingMsBetween(new Date(from), new Date(to)), zone).to.equal(worked)
      }
    } finally {
      if (here === undefined) delete process.env.TZ
      else process.env.TZ = here
    }
  })

  it('is a look-up: a hundred thousand counts over months take well under a second', () => {
    const pairs = Array.from({ length: 1_000 }, () => [moment(), moment()].sort((one, other) => one - other))
    const start = performance.now()
    for (let round = 0; round < 100; round++) for (const [from = 0, to = 0] of pairs) workingMsBetween(from, to)
    expect(performance.now() - start).to.be.below(1_000)
  })
})
