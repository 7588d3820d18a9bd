import { expect } from 'chai'
import { z } from 'zod'
import { fileIds } from '../../src/http/file-ids.ts'

const file = z.string().min(1).meta({ mahakam: 'file' })

describe('file ids', () => {
  it('finds marked strings in objects, lists, optional, nullable, defaulted and piped places', () => {
    const schema = z.object({
      scan: file,
      note: z.string(),
      more: z.array(file).max(9).optional(),
      sheet: file.nullable().default(null),
      nested: z.object({ proof: file.optional() }).transform((value) => value),
      pair: z.tuple([z.string(), file]),
      byName: z.record(z.string(), file),
    })
    const data = {
      scan: 'a',
      note: 'x',
      more: ['b', 'c', 'a'],
      sheet: 'd',
      nested: { proof: 'e' },
      pair: ['x', 'f'],
      byName: { first: 'g' },
    }
    expect(fileIds(schema, data).toSorted()).to.deep.equal(['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  })

  it('looks into every branch of a union and of an intersection', () => {
    const schema = z.union([z.object({ paper: file }), z.intersection(z.object({ a: file }), z.object({ b: file }))])
    expect(fileIds(schema, { paper: 'p', a: '1', b: '2' }).toSorted()).to.deep.equal(['1', '2', 'p'])
  })

  it('passes over what does not fit, inherited keys and what is not marked', () => {
    const schema = z.object({ scan: file, constructor: file.optional() })
    expect(fileIds(schema, { scan: 7 })).to.deep.equal([])
    expect(fileIds(schema, null)).to.deep.equal([])
    expect(fileIds(schema, Object.create({ scan: 'inherited' }))).to.deep.equal([])
    expect(fileIds(z.object({ title: z.string() }), { title: 'no file' })).to.deep.equal([])
  })

  it('ends on a schema that contains itself', () => {
    interface Node {
      proof?: string | undefined
      next?: Node | undefined
    }
    const node: z.ZodType<Node> = z.object({ proof: file.optional(), next: z.lazy(() => node).optional() })
    expect(fileIds(node, { proof: 'a', next: { proof: 'b', next: { proof: 'c' } } }).toSorted()).to.deep.equal([
      'a',
      'b',
      'c',
    ])
  })
})
