import { expect } from 'chai'
import type { Instance } from '../../src/engine/index.ts'
import { needServices } from '../support/services.ts'
import { clerk, codeOf, head, type Office, openOffice } from './office.ts'
import { broken, errand, trouble, troubleActivities } from './trouble.ts'

describe('standstill', function () {
  this.timeout(20_000)
  let office: Office

  before(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice({ workflows: [trouble, errand], activities: troubleActivities })
  })
  after(() => office?.close())
  beforeEach(() => {
    broken.rule = true
  })

  const begin = async (mode: string): Promise<string> => (await office.start('trouble', { unit: 'unit-a', mode }))._id
  const kinds = async (id: string) =>
    (await office.engine.audit(id, clerk)).map(({ kind, event }) => `${kind} ${event}`)
  const child = async (id: string): Promise<Instance> => {
    const found = (await office.engine.tree(id, clerk)).find(({ _id }) => _id !== id)
    if (!found) throw new Error('no child')
    return found
  }

  it('writes nothing of a step of a person in which the workflow itself fails', async () => {
    const id = await begin('person')
    const before = await office.document(id)
    expect(await codeOf(office.send(id, 'BREAK'))).to.equal('rule is broken')
    expect(await office.document(id)).to.deep.equal(before)
    broken.rule = false
    expect((await office.send(id, 'BREAK')).revision).to.equal(2)
  })

  for (const what of ['date', 'map', 'nan', 'function', 'undefined'])
    it(`refuses to keep what would not survive the database: ${what}`, async () => {
      const id = await begin(what)
      const before = await office.document(id)
      expect(await codeOf(office.send(id, 'SPOIL', { with: what }))).to.match(/^context\.kept\S* is .*JSON/)
      expect(await office.document(id)).to.deep.equal(before)
    })

  it('parks over a deadline whose step fails, and fires it after the retry', async () => {
    const id = await begin('timer')
    await office.send(id, 'GO')
    await office.rounds(3)
    const parked = await office.document(id)
    expect(parked.status).to.equal('parked')
    expect(parked.problem).to.match(/^defect of the workflow: .*rule is broken$/s)
    expect(parked.timers).to.have.length(1)
    expect((await kinds(id)).filter((kind) => kind === 'operator engine.park')).to.have.length(1)
    broken.rule = false
    await office.engine.retry(id, 'rule mended')
    await office.rounds(1)
    expect((await office.document(id)).status).to.equal('done')
  })

  it('stays parked, and on the list, when another branch moves on', async () => {
    const id = await begin('both')
    await office.send(id, 'GO')
    await office.rounds(3)
    expect((await office.document(id)).status).to.equal('parked')
    await office.send((await child(id))._id, 'DONE')
    await office.rounds(1)
    const still = await office.document(id)
    expect(still.value).to.deep.equal({ both: { fragile: 'working', errand: 'back' } })
    expect(still.status).to.equal('parked')
    expect((await office.engine.parked()).map((each) => each.id)).to.include(id)
    broken.rule = false
    await office.engine.retry(id, 'mended')
    await office.rounds(2)
    expect((await office.document(id)).status).to.equal('done')
  })

  it('keeps the answer of a child over which its parent stands still', async () => {
    const id = await begin('child')
    await office.send(id, 'GO')
    await office.rounds(1)
    await office.send((await child(id))._id, 'DONE')
    await office.rounds(3)
    expect((await office.document(id)).status).to.equal('parked')
    expect((await kinds(id)).filter((kind) => kind === 'operator engine.park')).to.have.length(1)
    broken.rule = false
    await office.engine.retry(id, 'mended')
    await office.rounds(2)
    const done = await office.document(id)
    expect([done.status, done.context.answers]).to.deep.equal(['done', 1])
    expect((await child(id)).messages).to.deep.equal([])
  })

  it('leaves ended what has ended, though its last message could not be delivered', async () => {
    const id = await begin('end')
    await office.send(id, 'END')
    await office.rounds(3)
    const ended = await office.document(id)
    expect([ended.status, ended.problem]).to.deep.equal(['done', 'rule is broken'])
    expect((await office.engine.parked()).map((each) => each.id)).to.include(id)
    expect(await codeOf(office.send(id, 'GO', {}, head))).to.equal('instance.not-now')
    broken.rule = false
    await office.engine.retry(id, 'mended')
    await office.rounds(1)
    const told = await office.document(id)
    expect([told.status, told.problem, told.messages]).to.deep.equal(['done', null, []])
    expect((await office.engine.verify(id)).valid).to.equal(true)
  })

  it('does not let parked instances with old deadlines keep the others from their turn', async () => {
    const stuck = await begin('both')
    await office.send(stuck, 'GO')
    await office.rounds(3)
    const { _id, ...form } = await office.document(stuck)
    expect(form.status).to.equal('parked')
    const copies = Array.from({ length: 250 }, (_, index) => ({ ...form, _id: `${_id}-copy-${index}` as never }))
    await office.db.collection('instances').insertMany(copies as never[])
    office.time.pass(3_600_000)
    broken.rule = false
    const id = await begin('timer')
    await office.send(id, 'GO')
    await office.rounds(1)
    expect((await office.document(id)).status).to.equal('done')
    await office.db.collection('instances').deleteMany({ _id: /-copy-/ as never })
  })

  it('passes over instances whose workflow is gone and serves the rest', async () => {
    const ids = [await begin('timer')]
    await office.send(ids[0] ?? '', 'GO')
    const { _id, ...form } = await office.document(ids[0] ?? '')
    const strange = { ...form, version: 99, wakeAt: new Date(0) }
    const copies = Array.from({ length: 250 }, (_, index) => ({ ...strange, _id: `${_id}-gone-${index}` as never }))
    await office.db.collection('instances').insertMany(copies as never[])
    broken.rule = false
    await office.rounds(3)
    expect((await office.document(_id)).status).to.equal('done')
    await office.db.collection('instances').deleteMany({ _id: /-gone-/ as never })
  })
})
