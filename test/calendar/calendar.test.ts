import { expect } from 'chai'
import { createCalendar, defaultCalendar, kaltim } from '../../src/calendar/index.ts'
import { ADDED, BETWEEN } from './rows.ts'

const wita = (text: string): Date => new Date(`${text.replace(' ', 'T')}:00+08:00`)

const msOf = (worked: string): number => {
  const [hours = 0, minutes = 0] = worked.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}

function spanOf(text: string) {
  const count = (unit: string) => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0)
  return { days: count('d'), hours: count('h'), minutes: count('m') }
}

describe('working time between two moments', () => {
  for (const [from, to, worked, why] of BETWEEN)
    it(`${from} → ${to} is ${worked}: ${why}`, () => {
      expect(defaultCalendar.workingMsBetween(wita(from), wita(to))).to.equal(msOf(worked))
    })

  it('is exact to the millisecond', () => {
    const opening = wita('2026-01-05 07:30').getTime()
    expect(defaultCalendar.workingMsBetween(new Date(opening - 5), new Date(opening + 1))).to.equal(1)
  })
})

describe('a working deadline', () => {
  for (const [from, span, until, why] of ADDED)
    it(`${from} + ${span || 'nothing'} is ${until}: ${why}`, () => {
      expect(defaultCalendar.addWorking(wita(from), spanOf(span)).toISOString()).to.equal(wita(until).toISOString())
    })

  it('is refused for a negative, broken or endless span', () => {
    const from = wita('2026-01-05 10:00')
    for (const span of [
      { days: -1 },
      { hours: -1 },
      { minutes: Number.NaN },
      { days: 0.5 },
      { days: 1e9 },
      { hours: 1e7 },
    ])
      expect(() => defaultCalendar.addWorking(from, span), JSON.stringify(span)).to.throw(RangeError)
  })
})

describe('opening hours', () => {
  const rows: readonly [at: string, open: boolean, next: string][] = [
    ['2026-01-05 07:29', false, '2026-01-05 07:30'],
    ['2026-01-05 07:30', true, '2026-01-05 07:30'],
    ['2026-01-05 12:00', false, '2026-01-05 13:00'],
    ['2026-01-05 15:59', true, '2026-01-05 15:59'],
    ['2026-01-05 16:00', false, '2026-01-06 07:30'],
    ['2026-01-09 16:00', true, '2026-01-09 16:00'],
    ['2026-01-09 16:30', false, '2026-01-12 07:30'],
    ['2026-02-20 11:30', false, '2026-02-23 08:00'],
    ['2026-03-17 15:30', false, '2026-03-25 07:30'],
  ]
  for (const [at, open, next] of rows)
    it(`${at} is ${open ? 'open' : `closed until ${next}`}`, () => {
      expect(defaultCalendar.isWorking(wita(at))).to.equal(open)
      expect(defaultCalendar.nextOpening(wita(at)).toISOString()).to.equal(wita(next).toISOString())
    })

  it('ends with the tables instead of guessing', () => {
    expect(() => defaultCalendar.nextOpening(new Date('2050-01-03T02:00:00Z'))).to.throw(RangeError)
    expect(defaultCalendar.isWorking(new Date('2050-01-03T02:00:00Z'))).to.equal(false)
  })
})

describe('the data of a calendar', () => {
  it('gives another version as soon as a day changes, the same for the same data', () => {
    const [first, ...rest] = kaltim.holidays
    const local = { date: '2021-01-11', name: 'a local day off', kind: 'local' as const }
    const changed = createCalendar({
      ...kaltim,
      holidays: first ? [{ ...first, days: [...first.days, local] }, ...rest] : [],
    })
    expect(createCalendar(structuredClone(kaltim)).version)
      .to.equal(defaultCalendar.version)
      .and.match(/^[0-9a-f]{12}$/)
    expect(changed.version).not.to.equal(defaultCalendar.version)
    expect(changed.isWorking(wita('2021-01-11 10:00'))).to.equal(false)
    expect(defaultCalendar.isWorking(wita('2021-01-11 10:00'))).to.equal(true)
  })

  it('holds the 17 holidays and 8 days of joint leave of 2026', () => {
    const days = kaltim.holidays.find(({ year }) => year === 2026)?.days ?? []
    expect(days.filter(({ kind }) => kind === 'holiday')).to.have.length(17)
    expect(days.filter(({ kind }) => kind === 'joint-leave')).to.have.length(8)
  })

  it('names no day twice within a year', () => {
    for (const { year, days } of kaltim.holidays)
      expect(new Set(days.map(({ date }) => date)).size, String(year)).to.equal(days.length)
  })

  it('is refused when a date, a clock time or a span makes no sense', () => {
    const year = (date: string) => ({
      year: 2026,
      status: 'decreed' as const,
      source: 'test',
      days: [{ date, name: 'x', kind: 'local' as const }],
    })
    const span = (from: string, to: string) => ({ from, to, name: 'x', source: 'test', week: kaltim.week })
    const wrong = [
      { ...kaltim, holidays: [year('2026-02-30')] },
      { ...kaltim, holidays: [year('2025-02-03')] },
      { ...kaltim, holidays: [year('3 Feb')] },
      { ...kaltim, week: [{ open: '08:00', close: '07:00' }] },
      { ...kaltim, week: [{ open: '8:00', close: '16:00' }] },
      { ...kaltim, spans: [span('2026-03-02', '2026-03-01')] },
      { ...kaltim, spans: [span('2026-03-01', '2026-03-09'), span('2026-03-09', '2026-03-12')] },
    ]
    for (const data of wrong) expect(() => createCalendar(data)).to.throw(RangeError)
  })
})
