import { expect } from 'chai'
import disposition from '../../workflows/disposition.ts'
import { dispositionFor, line, recipients, sheet } from './letters.ts'
import { acting, Walk } from './walk.ts'

const receiver = acting('first')
const report = { text: 'Rapat sudah dihadiri, notula terlampir.', files: ['f2'] }
const opened = (more?: object) => dispositionFor(more).answer('sheet', sheet).send('OPEN', {}, receiver)
const delegated = () =>
  opened()
    .send('DISPOSE', { lines: [line('staff-a'), line('staff-b')] }, receiver)
    .answer('recipients', recipients('first', ['staff-a'], ['staff-b']))
const outcome = (status: string) => ({ status, note: null, at: '2026-11-25T01:00:00Z', files: [] })

describe('disposition', () => {
  it('asks for exactly one sheet, marked for its receiver', () => {
    const walk = dispositionFor()
    const renders = [...walk.asked.values()].filter(({ src }) => src === 'renderDocument')
    expect(renders).to.have.length(1)
    const request = renders[0]?.input as { data: { chain: { lines: { to: string; marked: boolean }[] }[] } } | undefined
    expect(request?.data.chain[0]?.lines.map(({ to, marked }) => [to, marked])).to.deep.equal([
      ['Jabatan first', true],
      ['Jabatan second', false],
    ])
  })

  it('may be recalled while unread, and then ends', () => {
    const walk = dispositionFor().answer('sheet', sheet).send('RECALL', { reason: 'Salah alamat' })
    expect(walk.snapshot.output).to.deep.include({ status: 'recalled', note: 'Salah alamat' })
  })

  it('may not be recalled once it was opened', () => {
    const walk = opened()
    expect(walk.send('RECALL', { reason: 'Salah alamat' }).moved).to.equal(false)
    expect(walk.reason('RECALL')).to.equal('disposition.already-read')
  })

  it('counts as read when its receiver acts without opening it first', () => {
    const walk = dispositionFor().send('REPORT', report, receiver).send('RETURN_REPORT', { reason: 'Lengkapi' })
    expect(walk.reason('RECALL')).to.equal('disposition.already-read')
    expect(walk.send('RECALL', { reason: 'Terlambat' }).moved).to.equal(false)
  })

  it('is over when the giver accepts the report, with its proof', () => {
    const walk = opened().send('REPORT', report, receiver)
    expect(walk.offered).to.deep.equal(['ACCEPT', 'RETURN_REPORT'])
    walk.send('ACCEPT', {})
    expect(walk.snapshot.output).to.deep.include({ status: 'accepted', note: report.text, files: ['f2'] })
  })

  it('comes back to the receiver when the giver wants more', () => {
    const walk = opened().send('REPORT', report, receiver).send('RETURN_REPORT', { reason: 'Notula belum ada' })
    expect(walk.offered).to.include('REPORT')
    expect(walk.context.returned).to.have.nested.property('[0].reason', 'Notula belum ada')
  })

  it('goes back to its giver when it is somebody else’s business', () => {
    const walk = opened().send('SEND_BACK', { reason: 'Bukan bidang kami' }, receiver)
    expect(walk.snapshot.output).to.deep.include({ status: 'returned', note: 'Bukan bidang kami' })
  })

  it('ends by a word when it was for information only, and not otherwise', () => {
    expect(opened().send('ACKNOWLEDGE', {}, receiver).moved).to.equal(false)
    expect(opened().reason('ACKNOWLEDGE')).to.equal('disposition.needs-report')
    const walk = opened({ kind: 'information' }).send('ACKNOWLEDGE', {}, receiver)
    expect(walk.snapshot.output).to.deep.include({ status: 'acknowledged' })
  })

  it('passes the letter and the chain so far to those below', () => {
    const walk = delegated()
    const children = [...walk.asked.values()].filter(({ src }) => src === 'disposition')
    expect(children).to.have.length(2)
    expect(children[0]?.input).to.have.nested.property('chain').with.length(2)
    expect(children[0]?.input).to.have.nested.property('letter.agenda', '0417/2026')
    const below = new Walk(disposition, children[0]?.input)
    expect(below.context).to.deep.include({ giver: 'first', to: 'staff-a' })
  })

  it('cannot be reported while a branch below is open, unless it is released with a reason', () => {
    const walk = delegated()
    const [a = '', b = ''] = Object.keys(walk.context.branches ?? {})
    walk.childDone(a, outcome('accepted'))
    expect(walk.send('REPORT', report, receiver).moved).to.equal(false)
    expect(walk.reason('REPORT')).to.equal('disposition.branch-open')
    walk.send('RELEASE', { branch: b, reason: 'Sedang cuti' }, receiver)
    expect(walk.stopped).to.include(b)
    expect(walk.send('REPORT', report, receiver).at('open.work.reported')).to.equal(true)
  })

  it('stays with its receiver when a person below cannot be reached', () => {
    const walk = opened()
      .send('DISPOSE', { lines: [line('nobody')] }, receiver)
      .fail('recipients', 'no such post')
    expect(walk.offered).to.include('REPORT')
    expect(walk.context).to.deep.include({ problem: 'no such post' })
  })

  it('reaches at most twelve levels down', () => {
    let walk = dispositionFor()
    for (let depth = 2; depth <= 12; depth++) {
      const [from, to] = [acting(depth === 2 ? 'first' : `p${depth - 1}`), `p${depth}`]
      walk.send('DISPOSE', { lines: [line(to)] }, from).answer('recipients', recipients(from.position, [to]))
      const child = [...walk.asked.values()].find(({ src }) => src === 'disposition')
      walk = new Walk(disposition, child?.input)
    }
    expect(walk.send('DISPOSE', { lines: [line('p13')] }, acting('p12')).moved).to.equal(false)
    expect(walk.reason('DISPOSE')).to.equal('disposition.too-deep')
  })

  it('waits for its sheet before it ends, and goes on without one when told so', () => {
    const walk = dispositionFor().send('REPORT', report, receiver).send('ACCEPT', {})
    expect(walk.snapshot.status).to.equal('active')
    walk.fail('sheet').send('WAIVE_SHEET', { reason: 'Pencetak rusak' }, acting('registrar'))
    expect(walk.snapshot.status).to.equal('done')
  })
})
