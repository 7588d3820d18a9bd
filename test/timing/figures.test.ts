import { expect } from 'chai'
import { mean, median, percentile } from '../../src/timing/figures.ts'

describe('figures', () => {
  it('takes a value that occurred as percentile, by nearest rank', () => {
    const ten = [10, 1, 9, 2, 8, 3, 7, 4, 6, 5]
    expect([percentile(ten, 0.9), percentile(ten, 0.25), percentile([4], 0.9)]).to.deep.equal([9, 3, 4])
  })

  it('takes the middle, or the mean of two middles', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).to.deep.equal([2, 2.5])
  })

  it('says nothing of nothing', () => {
    expect([percentile([], 0.9), median([]), mean([])]).to.deep.equal([0, 0, 0])
  })
})
