import { expect } from 'chai'
import { needServices } from '../support/services.ts'
import { type Office, openOffice, refusalOf } from './office.ts'

describe('directory of the office', () => {
  let office: Office

  before(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice()
    await office.province.load()
  })
  after(async () => await office?.database.drop())

  const ids = (positions: readonly { _id: string }[]) => positions.map(({ _id }) => _id)
  const holdings = () => office.database.connection.collection<{ _id: string }>('holdings')

  it('opens the trays of a post to whoever holds it', async () => {
    const { posts, name } = await office.directory.actorOf('siti.rahmawati')
    expect(name).to.equal('Siti Rahmawati')
    expect(posts).to.deep.equal([
      {
        position: 'diskominfo.registrar',
        title: 'Pencatat Surat Dinas Komunikasi dan Informatika',
        unit: 'diskominfo',
        capacity: 'definitive',
        keys: ['position:diskominfo.registrar', 'unit:diskominfo', 'role:registrar@diskominfo', 'role:registrar'],
      },
    ])
  })

  it('lets a stand-in act in the absent head’s post beside the own one', async () => {
    const { posts } = await office.directory.actorOf('rahmat.hidayat')
    expect(posts.map(({ position, capacity, title }) => ({ position, capacity, title }))).to.deep.equal([
      { position: 'dinkes.head', capacity: 'plh', title: 'Plh. Kepala Dinas Kesehatan' },
      { position: 'dinkes.secretary', capacity: 'definitive', title: 'Sekretaris Dinas Kesehatan' },
    ])
  })

  it('names the stand-in while there is one', async () => {
    expect(await office.directory.holdersOf(['position:dinkes.head'])).to.deep.equal([
      { title: 'Plh. Kepala Dinas Kesehatan', name: 'Rahmat Hidayat' },
    ])
  })

  it('names whoever sits behind a role of a unit, and a vacant post by its title', async () => {
    const [registrar] = await office.directory.holdersOf(['role:registrar@inspektorat'])
    expect(registrar).to.deep.equal({ title: 'Pencatat Surat Inspektorat Daerah', name: 'Wahyuni Safitri' })
    await holdings().deleteOne({ _id: 'bkd.mutasi.arif.budiono.definitive' })
    const [vacant] = await office.directory.holdersOf(['position:bkd.mutasi'])
    expect(vacant).to.deep.equal({ title: 'Kepala Bidang Mutasi', name: '' })
  })

  it('counts a holding from its first moment up to, not including, its last', async () => {
    const from = new Date('2026-05-01T00:00:00Z')
    const until = new Date('2026-05-08T00:00:00Z')
    await holdings().insertOne({
      _id: 'leave',
      ...{ position: 'pupr.head', person: 'kristina.mandala', capacity: 'plh', from, until },
    })
    const { directory } = await office.another()
    const heads = async (at: string) =>
      (await directory.actorOf('kristina.mandala', new Date(at))).posts.map(({ position }) => position)
    expect(await heads('2026-04-30T23:59:59.999Z')).to.deep.equal(['pupr.secretary'])
    expect(await heads('2026-05-01T00:00:00Z')).to.deep.equal(['pupr.head', 'pupr.secretary'])
    expect(await heads('2026-05-08T00:00:00Z')).to.deep.equal(['pupr.secretary'])
  })

  it('lets a head dispose to direct subordinates first, the own unit before units below', async () => {
    const below = ids(await office.directory.subordinates('diskominfo.head'))
    expect(below.slice(0, 5)).to.deep.equal([
      'diskominfo.secretary',
      'diskominfo.aptika',
      'diskominfo.statistik',
      'diskominfo.ikp',
      'uptd-balai-data.head',
    ])
    expect(below).to.include.members(['diskominfo.aptika.staff-1', 'diskominfo.registrar'])
    expect(below).not.to.include('diskominfo.head')
    expect(below.filter((id) => id.startsWith('uptd-'))).to.have.length(1)
  })

  it('lets the regional secretary dispose to the heads of agencies', async () => {
    const below = ids(await office.directory.subordinates('setda.head'))
    expect(below).to.include.members(['diskominfo.head', 'dinkes.head', 'bpkad.head', 'setda.asisten-umum'])
    expect(ids(await office.directory.peers('setda.head'))).to.have.members([
      'biro-organisasi.head',
      'uptd-balai-data.head',
    ])
  })

  it('gives a division head only the own staff, and heads of other units as peers', async () => {
    const below = ids(await office.directory.subordinates('diskominfo.aptika'))
    expect(below).to.deep.equal(['diskominfo.aptika.staff-1', 'diskominfo.aptika.staff-2'])
    const peers = ids(await office.directory.peers('diskominfo.aptika'))
    expect(peers).to.have.length(11).and.not.include('diskominfo.head')
  })

  it('ends even when posts are each other’s superiors', async () => {
    const positions = office.database.connection.collection<{ _id: string; title: string; superior: string }>(
      'positions',
    )
    const post = { unit: 'circle', roles: ['staff'], order: 1 }
    await positions.insertMany([
      { _id: 'circle.a', title: 'A', superior: 'circle.b', ...post },
      { _id: 'circle.b', title: 'B', superior: 'circle.a', ...post },
    ])
    expect(ids(await office.directory.subordinates('circle.a'))).to.deep.equal(['circle.b'])
    await positions.deleteMany({ unit: 'circle' })
  })

  it('says what does not exist', async () => {
    const { directory } = office
    expect(await refusalOf(directory.actorOf('nobody'))).to.equal('person.not-found')
    expect(await refusalOf(directory.unit('nowhere'))).to.equal('unit.not-found')
    expect(await refusalOf(directory.position('nothing'))).to.equal('position.not-found')
    expect(await refusalOf(directory.headOf('nowhere'))).to.equal('unit.without-head')
    expect(await directory.holdersOf(['position:nothing', 'role:nothing@nowhere'])).to.deep.equal([])
    expect(await directory.holdersOf([])).to.deep.equal([])
  })
})
