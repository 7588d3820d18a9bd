import { expect } from 'chai'
import { needServices } from '../support/services.ts'
import { type Office, openOffice, refusalOf } from './office.ts'

const PASSWORD = 'arus sungai yang tenang'
const HERE = '10.0.0.7'
const ELSEWHERE = '10.0.0.8'
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

describe('sign-in', () => {
  let office: Office

  beforeEach(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice()
    await office.province.load()
    await office.credentials.setPassword('siti.rahmawati', PASSWORD)
  })
  afterEach(async () => await office?.database.drop())

  const tryWith = (password: string, address = HERE, username = 'siti.rahmawati') =>
    refusalOf(office.credentials.password(username, password, address))

  describe('by password', () => {
    it('knows the person, however the name is written', async () => {
      const person = await office.credentials.password(' Siti.Rahmawati ', PASSWORD, HERE)
      expect(person._id).to.equal('siti.rahmawati')
    })

    it('gives a wrong password, an unknown user and an account without a password one answer', async () => {
      expect(await tryWith('salah sama sekali')).to.equal('auth.bad-credentials')
      expect(await tryWith(PASSWORD, HERE, 'nobody')).to.equal('auth.bad-credentials')
      expect(await tryWith(PASSWORD, HERE, 'joko.purwanto')).to.equal('auth.bad-credentials')
    })

    it('takes as long for an unknown user as for a wrong password', async () => {
      const timed = async (username: string) => {
        const start = performance.now()
        await tryWith('salah sama sekali', `${username}-${start}`, username)
        return performance.now() - start
      }
      const median = async (username: string) => {
        const times: number[] = []
        for (let round = 0; round < 7; round++) times.push(await timed(username))
        return times.sort((one, other) => one - other)[3] ?? 0
      }
      await timed('nobody')
      const [unknown, wrong] = [await median('nobody'), await median('siti.rahmawati')]
      expect(unknown / wrong).to.be.within(0.4, 2.5)
    })

    it('stores Argon2id and no password', async () => {
      const stored = await office.database.connection
        .collection<{ _id: string; passwordHash: string }>('persons')
        .findOne({ _id: 'siti.rahmawati' })
      expect(stored?.passwordHash).to.match(/^\$argon2id\$/)
      expect(JSON.stringify(stored)).not.to.contain(PASSWORD)
    })

    it('takes a password however the keyboard composed its letters', async () => {
      await office.credentials.setPassword('siti.rahmawati', 'caf\u00e9 di tepian')
      expect(await tryWith('cafe\u0301 di tepian')).to.equal(undefined)
    })

    it('refuses a new password that is too short, too long or for nobody', async () => {
      const { credentials } = office
      expect(await refusalOf(credentials.setPassword('siti.rahmawati', 'pendek'))).to.equal('auth.weak-password')
      expect(await refusalOf(credentials.setPassword('siti.rahmawati', 'x'.repeat(201)))).to.equal('auth.weak-password')
      expect(await refusalOf(credentials.setPassword('nobody', PASSWORD))).to.equal('person.not-found')
      await credentials.setPassword('siti.rahmawati', 'x'.repeat(200))
      expect(await tryWith('x'.repeat(201))).to.equal('auth.bad-credentials')
    })

    it('makes the fifth failure wait, then ever longer, up to a quarter of an hour', async () => {
      for (let tried = 0; tried < 5; tried++)
        expect(await tryWith('salah sama sekali')).to.equal('auth.bad-credentials')
      expect(await tryWith(PASSWORD)).to.equal('auth.too-many-attempts')
      office.passMs(2_000)
      expect(await tryWith('salah sama sekali')).to.equal('auth.bad-credentials')
      office.passMs(2_000)
      expect(await tryWith(PASSWORD)).to.equal('auth.too-many-attempts')
      office.passMs(2_000)
      for (let tried = 0; tried < 12; tried++) {
        expect(await tryWith('salah sama sekali')).to.equal('auth.bad-credentials')
        office.passMs(15 * MINUTE_MS)
      }
      expect(await tryWith(PASSWORD)).to.equal(undefined)
      expect(await tryWith('salah sama sekali')).to.equal('auth.bad-credentials')
      expect(await tryWith(PASSWORD)).to.equal(undefined)
    })

    it('keeps nobody else waiting: not the same person elsewhere, not others here', async () => {
      for (let tried = 0; tried < 6; tried++) await tryWith('salah sama sekali')
      expect(await tryWith(PASSWORD)).to.equal('auth.too-many-attempts')
      expect(await tryWith(PASSWORD, ELSEWHERE)).to.equal(undefined)
      await office.credentials.setPassword('joko.purwanto', PASSWORD)
      expect(await tryWith(PASSWORD, HERE, 'joko.purwanto')).to.equal(undefined)
    })

    it('lets no more tries through when they are sent all at once', async () => {
      const answers = await Promise.all(Array.from({ length: 30 }, () => tryWith('salah sama sekali')))
      expect(answers.filter((code) => code === 'auth.bad-credentials')).to.have.length(5)
      expect(answers.filter((code) => code === 'auth.too-many-attempts')).to.have.length(25)
    })

    it('is not fooled by a query in place of a name', async () => {
      const name = { $ne: null } as unknown as string
      expect(await refusalOf(office.credentials.password(name, PASSWORD, HERE))).to.equal('auth.bad-credentials')
    })
  })

  describe('by persona', () => {
    it('is one tap in the trial', async () => {
      expect((await office.credentials.persona('dewi.anggraini')).name).to.equal('Dewi Anggraini')
    })

    it('is refused for others, and altogether outside the trial', async () => {
      expect(await refusalOf(office.credentials.persona('bambang.sutardi'))).to.equal('auth.bad-credentials')
      const production = await office.another(false)
      expect(await refusalOf(production.credentials.persona('dewi.anggraini'))).to.equal('auth.bad-credentials')
    })
  })

  describe('session', () => {
    const open = () => office.credentials.createSession('siti.rahmawati', 'a browser')

    it('opens with the secret alone; the database holds no secret', async () => {
      const { secret, session } = await open()
      expect(Buffer.from(secret, 'base64url')).to.have.length(32)
      expect(await office.credentials.session(secret)).to.include({ person: 'siti.rahmawati', csrf: session.csrf })
      expect(await office.credentials.session(session._id)).to.equal(null)
      const stored = await office.database.connection.collection('sessions').find().toArray()
      expect(JSON.stringify(stored)).not.to.contain(secret)
    })

    it('ends after twelve idle hours, not while it is used', async () => {
      const { secret } = await open()
      for (let use = 0; use < 3; use++) {
        office.passMs(11 * HOUR_MS)
        expect(await office.credentials.session(secret)).not.to.equal(null)
      }
      office.passMs(12 * HOUR_MS)
      expect(await office.credentials.session(secret)).to.equal(null)
    })

    it('ends after a week however much it is used', async () => {
      const { secret } = await open()
      for (let use = 0; use < 16; use++) {
        office.passMs(10 * HOUR_MS)
        expect(await office.credentials.session(secret), `use ${use}`).not.to.equal(null)
      }
      office.passMs(8 * HOUR_MS)
      expect(await office.credentials.session(secret)).to.equal(null)
    })

    it('is ended by signing out, by its owner from elsewhere, and by a new password', async () => {
      const { credentials } = office
      const [first, second, third] = [await open(), await open(), await open()]
      expect(await credentials.sessionsOf('siti.rahmawati')).to.have.length(3)
      await credentials.endSession(first.secret)
      await credentials.revokeSession('joko.purwanto', second.session._id)
      expect(await credentials.session(second.secret)).not.to.equal(null)
      await credentials.revokeSession('siti.rahmawati', second.session._id)
      expect(await credentials.session(first.secret)).to.equal(null)
      expect(await credentials.session(second.secret)).to.equal(null)
      await credentials.setPassword('siti.rahmawati', `${PASSWORD} sekali`)
      expect(await credentials.session(third.secret)).to.equal(null)
    })
  })

  describe('API token', () => {
    it('speaks for its person until it is revoked; the database holds no token', async () => {
      const { credentials } = office
      const { id, token } = await credentials.createToken('siti.rahmawati', 'SRIKANDI')
      expect(token).to.match(/^mhk_[A-Za-z0-9_-]{43}$/)
      expect(await credentials.resolveToken(token)).to.deep.equal({ person: 'siti.rahmawati' })
      expect(await credentials.resolveToken(id)).to.equal(null)
      const stored = await office.database.connection.collection('tokens').find().toArray()
      expect(JSON.stringify(stored)).not.to.contain(token)
      await credentials.revokeToken(id)
      expect(await credentials.resolveToken(token)).to.equal(null)
    })

    it('ends at its date', async () => {
      const end = new Date(office.now().getTime() + HOUR_MS)
      const { token } = await office.credentials.createToken('siti.rahmawati', 'an hour', end)
      office.passMs(HOUR_MS - 1)
      expect(await office.credentials.resolveToken(token)).not.to.equal(null)
      office.passMs(1)
      expect(await office.credentials.resolveToken(token)).to.equal(null)
    })

    it('notes its last use at most once a minute', async () => {
      const { id, token } = await office.credentials.createToken('siti.rahmawati', 'busy')
      const lastUse = async () =>
        (await office.database.connection.collection<{ _id: string; lastUsedAt: Date }>('tokens').findOne({ _id: id }))
          ?.lastUsedAt
      const first = office.now()
      await office.credentials.resolveToken(token)
      office.passMs(MINUTE_MS)
      await office.credentials.resolveToken(token)
      expect(await lastUse()).to.deep.equal(first)
      office.passMs(1)
      await office.credentials.resolveToken(token)
      expect(await lastUse()).to.deep.equal(office.now())
    })
  })
})
