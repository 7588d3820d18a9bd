import { expect } from 'chai'
import {
  disposedLetter,
  letterAtReview,
  line,
  office,
  receivedLetter,
  recipients,
  registration,
  sheet,
} from './letters.ts'
import { acting } from './walk.ts'

const outcome = (status: string, note: string | null = null) => ({
  status,
  note,
  at: '2026-11-25T01:00:00Z',
  files: [],
})

describe('incoming letter', () => {
  it('waits for the registrar when it comes without its particulars', () => {
    const letter = receivedLetter()
    expect(letter.offered).to.deep.equal(['REGISTER'])
    letter.send('REGISTER', registration, acting('registrar'))
    expect(letter.asked.get('agenda')).to.deep.include({ src: 'assignAgendaNumber' })
  })

  it('gets its number before anybody verifies it', () => {
    const letter = receivedLetter().send('REGISTER', registration, acting('registrar'))
    expect(letter.offered).to.deep.equal([])
    letter.answer('agenda', { number: 1, year: 2026, text: '0001/2026' })
    expect(letter.offered).to.deep.equal(['VERIFY', 'SEND_BACK'])
    expect(letter.definition.summary(letter.context)).to.deep.include({ reference: '0001/2026', priority: 5 })
  })

  it('asks again for a number that could not be given, and keeps what was registered', () => {
    const letter = receivedLetter().send('REGISTER', registration, acting('registrar')).fail('agenda', 'no database')
    expect(letter.offered).to.deep.equal(['RETRY'])
    letter.send('RETRY', {}, acting('registrar')).answer('agenda', { number: 1, year: 2026, text: '0001/2026' })
    expect(letter.at('verification')).to.equal(true)
    expect(letter.context).to.deep.include({ problem: null })
  })

  it('goes back to the registrar with the reason and keeps its number when corrected', () => {
    const letter = receivedLetter()
      .send('REGISTER', registration, acting('registrar'))
      .answer('agenda', { number: 1, year: 2026, text: '0001/2026' })
      .send('SEND_BACK', { reason: 'Nomor surat keliru' }, acting('verifier'))
    expect(letter.offered).to.deep.equal(['CORRECT'])
    letter.send('CORRECT', { ...registration, letterNumber: '12/X' }, acting('registrar'))
    expect(letter.at('verification')).to.equal(true)
    expect(letter.asked.has('agenda')).to.equal(false)
    expect(letter.context.registration).to.deep.include({ letterNumber: '12/X' })
  })

  it('draws an empty sheet while the head already reads', () => {
    const letter = letterAtReview()
    expect(letter.offered).to.deep.equal(['DISPOSE', 'INFORM', 'FORWARD', 'RETURN'])
    const { input } = letter.asked.get('sheet') ?? {}
    expect(input).to.deep.include({ layout: 'disposition-sheet', series: 'lembar-disposisi' })
    expect((input as { data: { chain: unknown[]; url: string } }).data).to.deep.include({
      chain: [],
      url: `${office.pages}letter-1`,
    })
  })

  it('is not held up at the desk by a sheet that cannot be drawn', () => {
    const letter = letterAtReview().fail('sheet')
    expect(letter.offered).to.include.members(['DISPOSE', 'REDRAW'])
    letter.send('REDRAW', {}, acting('registrar'))
    expect(letter.asked.has('sheet')).to.equal(true)
  })

  it('becomes one disposition per line, each with the whole act on its sheet', () => {
    const { walk, branches } = disposedLetter()
    expect(branches).to.have.length(2)
    const inputs = [...walk.asked.values()].filter(({ src }) => src === 'disposition').map(({ input }) => input)
    expect(inputs).to.have.length(2)
    expect(inputs[0]).to.have.nested.property('chain[0].lines').with.length(2)
    expect(inputs[1]).to.have.nested.property('line.to', 'second')
    expect(branches.every((id) => !/[.$]/.test(id))).to.equal(true)
  })

  it('cannot be closed while a branch is open, and says so', () => {
    const { walk, branches } = disposedLetter()
    expect(walk.send('CLOSE', {}).moved).to.equal(false)
    expect(walk.reason('CLOSE')).to.equal('incoming-letter.branch-open')
    for (const id of branches) walk.childDone(id, outcome('accepted'))
    expect(walk.reason('CLOSE')).to.equal(null)
    expect(walk.send('CLOSE', { note: 'Selesai' }).at('filing')).to.equal(true)
  })

  it('lets the head release a branch with a reason; its disposition stops', () => {
    const { walk, branches } = disposedLetter()
    const [first = '', second = ''] = branches
    walk.childDone(first, outcome('accepted')).send('RELEASE', { branch: second, reason: 'Sudah lewat' })
    expect(walk.stopped).to.include(second)
    expect(walk.context.branches).to.have.nested.property(`${second}.note`, 'Sudah lewat')
    expect(walk.send('CLOSE', {}).moved).to.equal(true)
  })

  it('does not release a branch that is unknown or closed', () => {
    const { walk, branches } = disposedLetter()
    expect(walk.send('RELEASE', { branch: 'nobody', reason: 'Salah' }).moved).to.equal(false)
    walk.childDone(branches[0] ?? '', outcome('accepted'))
    expect(walk.send('RELEASE', { branch: branches[0], reason: 'Salah' }).moved).to.equal(false)
  })

  it('notes how every branch ended', () => {
    const { walk, branches } = disposedLetter()
    walk.childDone(branches[0] ?? '', outcome('returned', 'Bukan bidang kami'))
    expect(walk.context.branches).to.have.nested.property(`${branches[0]}.status`, 'returned')
    expect(walk.at('handling.desk.disposed.awaiting')).to.equal(true)
  })

  it('takes further dispositions while it waits', () => {
    const { walk } = disposedLetter()
    walk.send('DISPOSE', { lines: [line('third')] }).answer('recipients', recipients('head', ['third']))
    expect(Object.keys(walk.context.branches ?? {})).to.have.length(3)
  })

  it('keeps an answer that comes while receivers are looked up', () => {
    const { walk, branches } = disposedLetter()
    walk.send('DISPOSE', { lines: [line('third')] }).childDone(branches[0] ?? '', outcome('accepted'))
    walk.answer('recipients', recipients('head', ['third']))
    expect(walk.context.branches).to.have.nested.property(`${branches[0]}.status`, 'accepted')
  })

  it('returns to the desk, with the reason, when a receiver cannot be reached', () => {
    const letter = letterAtReview()
      .send('DISPOSE', { lines: [line('nobody')] })
      .fail('recipients', 'no such post')
    expect(letter.at('handling.desk.review')).to.equal(true)
    expect(letter.context).to.deep.include({ problem: 'no such post' })
  })

  it('moves to another desk when it is forwarded', () => {
    const letter = letterAtReview()
      .send('FORWARD', { to: 'other-head', reason: 'Urusan dinas lain' })
      .answer('forwardee', recipients('head', ['other-head']))
    expect(letter.context).to.deep.include({ reviewer: 'other-head' })
    expect(letter.offered).to.include('DISPOSE')
  })

  it('goes back to the registrar from the desk, and a new sheet is drawn when it returns', () => {
    const letter = letterAtReview().answer('sheet', sheet).send('RETURN', { reason: 'Bukan untuk kami' })
    expect(letter.offered).to.deep.equal(['CORRECT'])
    letter.send('CORRECT', registration, acting('registrar')).send('VERIFY', {}, acting('verifier'))
    expect(letter.asked.has('sheet')).to.equal(true)
  })

  it('goes straight to the file when it is for information only, once its sheet is there', () => {
    const letter = letterAtReview().send('INFORM', { note: 'Arsipkan' })
    expect(letter.at('filing')).to.equal(false)
    expect(letter.answer('sheet', sheet).offered).to.deep.equal(['FILE'])
  })

  it('ends with its classification', () => {
    const letter = letterAtReview().answer('sheet', sheet).send('INFORM', {})
    expect(() => letter.send('FILE', { classification: 'umum' }, acting('registrar'))).to.throw(/classification/)
    letter.send('FILE', { classification: '000.1.5', note: 'Rak 3' }, acting('registrar'))
    expect(letter.snapshot.status).to.equal('done')
    expect(letter.snapshot.output).to.deep.include({ agenda: '0417/2026', classification: '000.1.5' })
  })

  it('refuses an act without a line, with a receiver twice, or beyond its bounds', () => {
    const letter = letterAtReview()
    expect(() => letter.send('DISPOSE', { lines: [] })).to.throw()
    expect(() => letter.send('DISPOSE', { lines: [line('first'), line('first')] })).to.throw(/receiver-twice/)
    const many = Array.from({ length: 51 }, (_, index) => line(`p${index}`))
    expect(() => letter.send('DISPOSE', { lines: many })).to.throw()
  })
})
