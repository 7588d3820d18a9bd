import { expect } from 'chai'
import { rangeOf } from '../../src/http/files/range.ts'

describe('range of bytes', () => {
  it('reads first, last and suffix forms, cut to the size', () => {
    expect(rangeOf('bytes=0-', 10)).to.deep.equal({ start: 0, end: 10 })
    expect(rangeOf('bytes=3-5', 10)).to.deep.equal({ start: 3, end: 6 })
    expect(rangeOf('bytes=3-500', 10)).to.deep.equal({ start: 3, end: 10 })
    expect(rangeOf('bytes=-4', 10)).to.deep.equal({ start: 6, end: 10 })
    expect(rangeOf('bytes=-40', 10)).to.deep.equal({ start: 0, end: 10 })
  })

  it('calls what lies outside unsatisfiable, an empty file included', () => {
    for (const [header, bytes] of [
      ['bytes=10-', 10],
      ['bytes=-0', 10],
      ['bytes=0-', 0],
      ['bytes=-1', 0],
    ] as const)
      expect(rangeOf(header, bytes), header).to.equal('unsatisfiable')
  })

  it('takes no notice of several ranges, other units and nonsense', () => {
    for (const header of [
      undefined,
      '',
      'bytes=-',
      'bytes=5-4',
      'bytes=1-2,4-5',
      'items=1-2',
      'bytes=99999999999999999-',
    ])
      expect(rangeOf(header, 10), String(header)).to.equal(null)
  })
})
