import { expect } from 'chai'
import { agendaPage, agendaYears, type BookedLetter, correspondentsOf, Ledger } from '../../src/letters/index.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'

const COUNT = 7

describe('agenda book', () => {
  let database: FreshDatabase
  let ledger: Ledger

  before(async function () {
    needServices(this, 'MONGODB_URI')
    database = await freshDatabase()
    ledger = new Ledger(database.connection, 'A-{urut:3}.{tahun}')
    await ledger.prepare()
    const ask = (id: string, year: number) =>
      ledger.assign({ messageId: id, unit: 'dinas', year, instance: id, at: new Date('2026-11-24T01:00:00Z') })
    for (let index = 1; index <= COUNT; index++) await ask(`l${index}`, 2026)
    await ask('old', 2025)
  })

  after(() => database?.drop())

  const letterOf = (id: string): BookedLetter => ({
    _id: id,
    summary: { title: `Hal ${id}`, from: id === 'l2' ? 'Biro Umum' : 'Biro Organisasi' },
    searchText: `hal ${id} ${id === 'l2' ? 'biro umum' : 'biro organisasi'}`,
    status: 'active',
    value: 'review',
    context: {},
  })
  /** Letter 3 is not for this reader. */
  const find = async (ids: readonly string[]) => ids.filter((id) => id !== 'l3').map(letterOf)
  const page = (more: object = {}) => agendaPage(ledger, { unit: 'dinas', year: 2026, ...more }, find)

  it('shows the newest number first and goes on page by page without skipping one', async () => {
    const numbers: number[] = []
    let cursor: string | null = null
    do {
      const { lines, next, total } = await page({ limit: 3, cursor })
      expect(total).to.equal(COUNT)
      numbers.push(...lines.map((line) => line.number))
      cursor = next
    } while (cursor)
    expect(numbers).to.deep.equal([7, 6, 5, 4, 3, 2, 1])
  })

  it('keeps the line of a letter that the reader may not see, without its content', async () => {
    const { lines } = await page()
    expect(lines.find(({ number }) => number === 3)).to.deep.include({ text: 'A-003.2026', letter: null })
  })

  it('finds letters by words', async () => {
    const { lines, next } = await page({ text: 'Biro UMUM' })
    expect(lines.map(({ number }) => number)).to.deep.equal([2])
    expect(next).to.equal(null)
  })

  it('knows its years and whom the unit hears from most', async () => {
    expect(await agendaYears(ledger, 'dinas')).to.deep.equal([2026, 2025])
    expect(await correspondentsOf(ledger, 'dinas', find)).to.deep.equal(['Biro Organisasi', 'Biro Umum'])
  })

  it('refuses a cursor of somebody else’s making, and a pattern that would not tell letters apart', async () => {
    const refused = await page({ cursor: 'rubbish' }).catch((error: { code: string }) => error)
    expect(refused).to.have.property('code', 'cursor.invalid')
    expect(() => new Ledger(database.connection, '{tahun}'))
      .to.throw()
      .with.property('code', 'agenda.invalid-pattern')
  })
})
