import { expect } from 'chai'
import { needServices } from '../support/services.ts'
import { type Office, openOffice } from './office.ts'

describe('fictitious province', () => {
  let office: Office

  before(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice()
    expect(await office.province.isEmpty()).to.equal(true)
    await office.province.load()
  })
  after(async () => await office?.database.drop())

  const everything = async () => {
    const names = ['units', 'positions', 'persons', 'holdings']
    const { connection } = office.database
    return Promise.all(names.map((name) => connection.collection(name).find().sort({ _id: 1 }).toArray()))
  }

  it('fills every unit that receives letters: one head, a registrar, a verifier, divisions below', async () => {
    const { directory } = office
    const units = await directory.units()
    expect(units).to.have.length(12)
    for (const { _id } of units) {
      const posts = await directory.positions({ unit: _id })
      const withRole = (role: string) => posts.filter(({ roles }) => roles.includes(role))
      for (const role of ['head', 'registrar', 'verifier'])
        expect(withRole(role), `${role} of ${_id}`).to.have.length(1)
      expect(withRole('division-head').length, _id).to.be.at.least(1)
    }
  })

  it('leaves no post unheld and no superior, unit or holder missing', async () => {
    const { directory } = office
    const posts = await directory.positions()
    const known = new Set(posts.map(({ _id }) => _id))
    const tops = posts.filter(({ superior }) => superior === null)
    expect(tops.map(({ _id }) => _id)).to.deep.equal(['setda.head'])
    for (const { _id, superior, unit } of posts) {
      if (superior) expect(known, `superior of ${_id}`).to.include(superior)
      expect((await directory.unit(unit))._id).to.equal(unit)
      const [holder] = await directory.holdersOf([`position:${_id}`])
      expect(holder?.name, _id).not.to.equal('')
      expect(_id).to.match(/^[a-z0-9.-]+$/)
    }
  })

  it('has some ninety people, each with a user name of their own and a NIP that can be nobody’s', async () => {
    const people = await office.directory.people()
    expect(people.length).to.be.at.least(60)
    expect(new Set(people.map(({ username }) => username)).size).to.equal(people.length)
    expect(new Set(people.map(({ nip }) => nip)).size).to.equal(people.length)
    for (const { nip, username } of people) {
      expect(username).to.match(/^[a-z.]+$/)
      expect(nip).to.match(/^\d{12}13[12]\d{3}$/)
    }
  })

  it('carries every unit’s letterhead', async () => {
    for (const { _id, code, address, parentName, zone } of await office.directory.units()) {
      expect(parentName, _id).to.equal(parentName.toUpperCase())
      expect(
        [code, address, zone].every((part) => part.length > 0),
        _id,
      ).to.equal(true)
    }
  })

  it('offers one tap for every desk a letter passes, in two agencies', async () => {
    const personas = await office.province.personas()
    const actors = await Promise.all(personas.map(({ person }) => office.directory.actorOf(person)))
    const keys = new Set(actors.flatMap(({ posts }) => posts.flatMap((post) => post.keys)))
    expect(keys).to.include.members([
      'role:registrar@diskominfo',
      'role:verifier@diskominfo',
      'role:head@diskominfo',
      'role:division-head@diskominfo',
      'role:staff@diskominfo',
      'role:head@inspektorat',
      'role:registrar@inspektorat',
      'role:admin',
    ])
    expect(personas.find(({ person }) => person === 'rahmat.hidayat')?.title).to.equal('Plh. Kepala Dinas Kesehatan')
    for (const { person, title, unit, line } of personas)
      expect(
        [title, unit, line.id, line.en].every((part) => part.length > 0),
        person,
      ).to.equal(true)
  })

  it('loads again, and by several processes at once, without a trace', async () => {
    const before = await everything()
    office.passMs(86_400_000)
    const others = await Promise.all([office.another(), office.another(), office.another()])
    await Promise.all(others.map(({ province }) => province.load()))
    expect(await everything()).to.deep.equal(before)
    expect(await office.province.isEmpty()).to.equal(false)
  })

  it('keeps what people changed when it loads again', async () => {
    await office.credentials.setPassword('siti.rahmawati', 'arus sungai yang tenang')
    await office.database.connection
      .collection<{ _id: string }>('holdings')
      .updateOne({ _id: 'dinkes.head.rahmat.hidayat.plh' }, { $set: { until: office.now() } })
    const before = await everything()
    await office.province.load()
    expect(await everything()).to.deep.equal(before)
  })

  it('loads from nothing by several processes at once', async () => {
    const fresh = await openOffice()
    try {
      const others = await Promise.all([fresh.another(), fresh.another(), fresh.another()])
      await Promise.all(others.map(({ province }) => province.load()))
      const { connection } = fresh.database
      expect(await connection.collection('holdings').countDocuments()).to.equal(
        (await connection.collection('positions').countDocuments()) + 1,
      )
    } finally {
      await fresh.database.drop()
    }
  })
})
