import { expect } from 'chai'
import mongoose from 'mongoose'
import { BranchOffices } from '../engine/branch-offices.ts'
import { expectOrder, requestOpinions } from '../engine/crowd.ts'
import { ledger, slowFetch } from '../engine/ledger.ts'
import { type Office, openOffice } from '../engine/office.ts'
import { opinion, request, stampActivity } from '../engine/sample.ts'

/**
 * The long forms of `test/engine/two-processes.test.ts` and `history.test.ts`, by hand:
 * `CHAOS=1 npx mocha test/chaos/crowd.chaos.ts` with MONGODB_URI set.
 */
const CROWD = 200
const KILLS = 12

describe('crowd under kill -9', function () {
  this.timeout(300_000)
  let office: Office

  before(async function () {
    if (process.env.CHAOS !== '1') return this.skip()
    office = await openOffice({
      workflows: [request, opinion, ledger],
      activities: [stampActivity(async () => 0), slowFetch().fetch],
    })
  })
  after(() => office?.close())

  it('ends in order: every acknowledged decision is there, once', async () => {
    const clock = office.time.now
    // Only the processes that are killed do work; the observer's sweeper finds nothing due.
    office.time.now = new Date('2020-01-01T00:00:00Z')
    const offices = new BranchOffices(office.db.databaseName)
    await Promise.all([offices.open(), offices.open()])
    let isOver = false
    const over = Promise.all(Array.from({ length: CROWD }, () => requestOpinions(offices, office.db))).finally(() => {
      isOver = true
    })
    for (let kill = 0; kill < KILLS && !isOver; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + Math.random() * 1_500))
      await offices.replaceOldest()
    }
    await over
    await expectOrder(office.db, (id) => office.engine.verify(id))
    expect(await office.db.collection('instances').countDocuments({})).to.equal(3 * CROWD)
    offices.close()
    office.time.now = clock
  })

  it('keeps an instance of five thousand entries small and its history whole', async () => {
    const { _id } = await office.start('ledger', { unit: 'unit-a' })
    for (let n = 0; n < 5_000; n++) await office.send(_id, 'ADD', { n })
    const document = (await office.document(_id)) as unknown as mongoose.mongo.Document
    expect(mongoose.mongo.BSON.calculateObjectSize(document)).to.be.lessThan(400_000)
    expect(await office.engine.verify(_id)).to.deep.equal({ entries: 5_001, valid: true, firstBad: null })
  })
})
