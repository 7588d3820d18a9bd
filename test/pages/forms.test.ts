import { expect } from 'chai'
import { z } from 'zod'
import { dispositionData } from '../../src/http/pages/disposition.ts'
import { dataOf, keepTyped, markIssues } from '../../src/http/pages/form-data.ts'
import { fieldsOf, type Schema } from '../../src/http/pages/schema-fields.ts'
import { localDay, zonedIso } from '../../src/http/pages/zone.ts'
import { registration } from '../../src/letters/index.ts'

const zone = 'Asia/Makassar'
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema

describe('generated form', () => {
  const fields = fieldsOf(schemaOf(registration), { posts: [] })

  it('asks what the registration asks, with its standard choices', () => {
    const urgency = fields.find(({ name }) => name === 'urgency')
    expect(urgency?.control).to.equal('choice')
    expect(urgency?.values).to.deep.equal(['biasa'])
    expect(fields.find(({ name }) => name === 'letterDate')?.control).to.equal('date')
    expect(fields.find(({ name }) => name === 'sender')?.required).to.equal(true)
    expect(fields.find(({ name }) => name === 'synopsis')?.required).to.equal(false)
  })

  it('leaves empty answers to the defaults, so that its data fit the schema', () => {
    const body = {
      sender: 'Biro Organisasi',
      letterNumber: '1/2',
      letterDate: '2026-11-20',
      subject: 'Rapat',
      synopsis: ' ',
    }
    const data = dataOf(fields, { body, zone, files: new Map() })
    expect(registration.parse(data)).to.include({ sender: 'Biro Organisasi', urgency: 'biasa', synopsis: null })
  })

  it('keeps what was typed and marks only what is wrong', () => {
    const typed = keepTyped(fields, { sender: 'Biro Organisasi', subject: '' })
    const marked = markIssues(typed, [{ path: ['subject'], code: 'too_small' }])
    expect(marked.find(({ name }) => name === 'subject')?.error).to.equal('required')
    expect(marked.find(({ name }) => name === 'sender')).to.include({ error: null })
    expect(marked.find(({ name }) => name === 'sender')?.values).to.deep.equal(['Biro Organisasi'])
  })
})

describe('disposition form', () => {
  it('gives every receiver the shared direction unless it has its own', () => {
    const { lines } = dispositionData(
      {
        to: ['a', 'b'],
        instructions: 'Proses lebih lanjut',
        note: 'Segera',
        due: '2026-11-27',
        'line.b.instructions': 'Untuk diketahui',
      },
      zone,
    )
    expect(lines[0]).to.deep.equal({
      to: 'a',
      instructions: ['Proses lebih lanjut'],
      note: 'Segera',
      dueAt: '2026-11-27T16:00:00+08:00',
      kind: 'action',
    })
    expect(lines[1]).to.include({ to: 'b', kind: 'information', note: 'Segera' })
  })
})

describe('clock of the office', () => {
  it('reads a local time in the zone of the office', () => {
    expect(zonedIso('2026-11-23T08:12', zone)).to.equal('2026-11-23T08:12:00+08:00')
    expect(zonedIso('2026-11-23T08:12', 'Asia/Jakarta')).to.equal('2026-11-23T08:12:00+07:00')
  })

  it('is already tomorrow in Samarinda before it is in Greenwich', () => {
    expect(localDay(new Date('2026-11-23T17:30:00Z'), zone)).to.equal('2026-11-24')
  })
})
