import { expect } from 'chai'
import { formatWorking, ORDINARY_DAY_MS } from '../../src/calendar/index.ts'

const MINUTE_MS = 60_000

describe('working time in words', () => {
  const rows: readonly [minutes: number, id: string, en: string][] = [
    [0, 'kurang dari semenit', 'less than a minute'],
    [0.9, 'kurang dari semenit', 'less than a minute'],
    [1, '1 menit kerja', '1 min of working time'],
    [60, '1 jam kerja', '1 h of working time'],
    [160, '2 jam 40 menit kerja', '2 h 40 min of working time'],
    [449, '7 jam 29 menit kerja', '7 h 29 min of working time'],
    [450, '1 hari kerja', '1 d of working time'],
    [479, '1 hari kerja', '1 d of working time'],
    [3 * 450 + 60, '3 hari 1 jam kerja', '3 d 1 h of working time'],
    [3 * 450 + 119, '3 hari 1 jam kerja', '3 d 1 h of working time'],
  ]
  for (const [minutes, id, en] of rows)
    it(`says ${minutes} minutes as "${id}" and "${en}"`, () => {
      expect(formatWorking(minutes * MINUTE_MS, 'id')).to.equal(id)
      expect(formatWorking(minutes * MINUTE_MS, 'en')).to.equal(en)
    })

  it('says a day is seven and a half hours', () => {
    expect(ORDINARY_DAY_MS).to.equal(7.5 * 3_600_000)
  })

  it('leaves the last word to a column head', () => {
    expect(formatWorking(160 * MINUTE_MS, 'id', { bare: true })).to.equal('2 jam 40 menit')
  })
})
