import { expect } from 'chai'
import { createOrganization, type Organization } from '../../src/organization/index.ts'
import { type FreshDatabase, freshDatabase, needServices } from '../support/services.ts'

const unit = {
  id: 'dinas',
  name: 'Dinas Contoh',
  parentName: 'PEMERINTAH PROVINSI CONTOH',
  address: 'Jalan 1',
  code: 'DC',
}
const file = {
  units: [unit],
  positions: [
    { id: 'dinas.head', unit: 'dinas', title: 'Kepala Dinas', roles: ['head'], order: 1 },
    { id: 'dinas.registrar', unit: 'dinas', title: 'Pencatat Surat', superior: 'dinas.head', roles: ['registrar'] },
  ],
  persons: [
    { username: 'ani', name: 'Ani Lestari', nip: '198001012005012001' },
    { username: 'budi', name: 'Budi Santoso' },
  ],
  holdings: [
    { position: 'dinas.head', person: 'ani', from: '2026-01-01' },
    { position: 'dinas.registrar', person: 'budi', from: '2026-01-01', until: '2026-02-01' },
  ],
}

describe('roster', () => {
  let database: FreshDatabase
  let organization: Organization
  const load = (data: unknown, dryRun = false) => organization.importRoster(data, { dryRun })
  const problems = async (data: unknown): Promise<string[]> =>
    load(data).then(
      () => [],
      (error) => error.details.problems,
    )

  before(async function () {
    needServices(this, 'MONGODB_URI')
    database = await freshDatabase()
    const clock = () => new Date('2026-03-02T02:00:00Z')
    organization = await createOrganization({ connection: database.connection, isTrial: false, clock })
  })
  after(() => database?.drop())

  it('only counts when asked to look', async () => {
    expect(await load(file, true)).to.deep.equal({ units: 1, positions: 2, persons: 2, holdings: 2 })
    expect(await organization.directory.units()).to.deep.equal([])
  })

  it('takes an office over, with who holds what today', async () => {
    await load(file)
    const ani = await organization.directory.actorOf('ani')
    expect(ani.posts[0]?.keys).to.include('role:head@dinas')
    expect((await organization.directory.actorOf('budi')).posts).to.deep.equal([])
  })

  it('changes nothing when it comes again, and keeps passwords', async () => {
    await organization.credentials.setPassword('ani', 'sungai mahakam mengalir')
    await load(file)
    const signedIn = await organization.credentials.password('ani', 'sungai mahakam mengalir', '127.0.0.1')
    expect(signedIn._id).to.equal('ani')
  })

  it('names everything that leads nowhere, and takes none of it', async () => {
    const wrong = {
      ...file,
      units: [unit, { ...unit, id: 'badan' }],
      holdings: [{ position: 'dinas.nobody', person: 'cici', from: '2026-01-01' }],
    }
    expect(await problems(wrong)).to.have.members([
      'holding, position: dinas.nobody',
      'holding, person: cici',
      'unit badan: 0 posts with role head, one is needed',
    ])
    expect((await organization.directory.units()).map(({ _id }) => _id)).to.deep.equal(['dinas'])
  })

  it('refuses ids that could pass for other tray keys, and fields it does not know', async () => {
    expect(await problems({ ...file, units: [{ ...unit, id: 'dinas@pusat' }] })).to.have.length(1)
    expect(await problems({ ...file, secrets: [] })).to.have.length(1)
  })
})
