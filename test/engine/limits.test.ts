import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import mongoose from 'mongoose'
import { assign, setup } from 'xstate'
import { z } from 'zod'
import { activity, assignee, defineActivity, defineWorkflow, type EventsOf } from '../../src/engine/index.ts'
import { needServices } from '../support/services.ts'
import { clerk, codeOf, head, type Office, openOffice } from './office.ts'

const events = {
  ADD: z.object({ text: z.string() }),
  NOTE: z.object({ text: z.string() }),
  TABLE: z.object({ rows: z.record(z.string(), z.number()) }),
  FETCH: z.object({ bytes: z.number() }),
}

/** A notebook that grows without an end, and an errand that may bring back too much. */
const notebook = defineWorkflow({
  id: 'notebook',
  version: 1,
  title: { id: 'Buku catatan', en: 'Notebook' },
  start: z.object({ unit: z.string() }),
  starters: [assignee.role('clerk', 'unit')],
  readers: [assignee.role('clerk', 'unit')],
  events,
  eventTitles: Object.fromEntries(Object.keys(events).map((type) => [type, { id: type, en: type }])),
  machine: setup({
    types: {
      context: {} as { unit: string; head: string; texts: string[]; failed: string | null; rows: unknown },
      events: {} as EventsOf<typeof events>,
      input: {} as { data: { unit: string } },
    },
    actors: { bring: activity<{ bytes: number }, { text: string }>() },
  }).createMachine({
    id: 'notebook',
    context: ({ input }) => ({
      unit: input.data.unit,
      head: `${input.data.unit}.head`,
      texts: [],
      failed: null,
      rows: null,
    }),
    initial: 'open',
    states: {
      open: {
        meta: {
          task: {
            for: assignee.position('head'),
            title: { id: 'Catat', en: 'Note' },
            events: ['ADD', 'NOTE', 'TABLE', 'FETCH'],
          },
        },
        on: {
          ADD: { actions: assign({ texts: ({ context, event }) => [...context.texts, event.data.text] }) },
          NOTE: { actions: assign({ failed: null }) },
          TABLE: { actions: assign({ rows: ({ event }) => event.data.rows }) },
          FETCH: { target: 'fetching' },
        },
      },
      fetching: {
        invoke: {
          id: 'bring',
          src: 'bring',
          input: ({ event }) => (event.type === 'FETCH' ? event.data : { bytes: 0 }),
          onDone: {
            target: 'open',
            actions: assign({ texts: ({ context, event }) => [...context.texts, event.output.text] }),
          },
          onError: {
            target: 'open',
            actions: assign({ failed: ({ event }) => (event.error as { code: string }).code }),
          },
        },
      },
    },
  }),
  summary: () => ({ title: 'notebook' }),
  unit: 'unit',
})

const bring = defineActivity({
  name: 'bring',
  input: z.object({ bytes: z.number() }),
  output: z.object({ text: z.string() }),
  attempts: 1,
  timeoutMs: 5_000,
  inline: true,
  run: async ({ bytes }) => ({ text: 'x'.repeat(bytes) }),
})

describe('limits', function () {
  this.timeout(30_000)
  let office: Office

  before(async function () {
    needServices(this, 'MONGODB_URI')
    office = await openOffice({ workflows: [notebook], activities: [bring] })
  })
  after(() => office?.close())

  const begin = async () => (await office.start('notebook', { unit: 'unit-a' }))._id
  const bytesOf = (document: object) => mongoose.mongo.BSON.calculateObjectSize(document as mongoose.mongo.Document)

  it('refuses one entry too large by its code and writes nothing', async () => {
    const id = await begin()
    const before = await office.document(id)
    expect(await codeOf(office.send(id, 'NOTE', { text: 'x'.repeat(1_200_000) }))).to.equal('instance.too-large')
    expect(await office.document(id)).to.deep.equal(before)
  })

  it('refuses to grow beyond its bound long before the database would', async () => {
    const id = await begin()
    const text = 'x'.repeat(500_000)
    const codes: string[] = []
    for (let n = 0; n < 12; n++) codes.push(await codeOf(office.send(id, 'ADD', { text })))
    expect(codes.slice(0, 8).every((code) => code === 'no refusal')).to.equal(true)
    expect(codes.slice(8).every((code) => code === 'instance.too-large')).to.equal(true)
    await office.engine.idle()
    const document = await office.document(id)
    expect(bytesOf(document)).to.be.lessThan(8 * 1024 * 1024)
    expect(document.context.texts).to.have.length(8)
    expect(await office.engine.verify(id)).to.deep.include({ valid: true, entries: 9 })
  })

  it('takes the error way when the answer of an activity is too large to keep', async () => {
    const id = await begin()
    await office.send(id, 'FETCH', { bytes: 20_000_000 })
    await office.engine.idle()
    const document = await office.document(id)
    expect([document.value, document.context.failed]).to.deep.equal(['open', 'instance.too-large'])
    expect(document.messages).to.deep.equal([])
  })

  it('moves large entries out early, so that the document stays small', async () => {
    const id = await begin()
    for (let n = 0; n < 30; n++) await office.send(id, 'NOTE', { text: `${n} ${'x'.repeat(200_000)}` })
    await office.engine.idle()
    expect(bytesOf(await office.document(id))).to.be.lessThan(4 * 1024 * 1024)
    const audit = await office.engine.audit(id, clerk)
    expect(audit.map((entry) => entry.seq)).to.deep.equal(Array.from({ length: 31 }, (_, index) => index + 1))
    expect((await office.engine.verify(id)).valid).to.equal(true)
  })

  it('keeps its chain valid whatever letters people type', async () => {
    const id = await begin()
    await office.send(id, 'NOTE', { text: 'half a pair \ud83d and NUL \0 and \u2028' })
    await office.send(id, 'TABLE', {
      rows: { $set: 1, 'a.b': 2, 'nul\0': 3, '\ud83d': 4, constructor: 5, __proto__: 6 },
    })
    await office.send(id, 'TABLE', { rows: JSON.parse('{"__proto__": 1, "": 2}') })
    expect(await office.engine.verify(id)).to.deep.equal({ entries: 4, valid: true, firstBad: null })
    const another = await office.another()
    expect((await another.verify(id)).valid).to.equal(true)
    await another.send({
      instance: id,
      type: 'NOTE',
      data: { text: 'after' },
      actor: head,
      idempotencyKey: randomUUID(),
    })
    expect((await another.verify(id)).valid).to.equal(true)
  })

  it('answers events named like parts of the language as unknown', async () => {
    const id = await begin()
    for (const type of ['constructor', '__proto__', 'toString', 'xstate.init', '*', 'xstate.done.actor.bring'])
      expect(await codeOf(office.send(id, type)), type).to.equal('event.unknown')
    expect(await codeOf(office.start('constructor', {}))).to.equal('workflow.not-found')
  })
})
