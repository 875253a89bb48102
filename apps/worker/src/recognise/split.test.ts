import { describe, expect, it } from 'vitest'
import { split } from './split.ts'

const all = { show_discarded: true, max_predictions: 100 }
const item = (label_id: number, score: number, threshold = 0.5) => ({
  label_id,
  label_name: `l${label_id}`,
  score,
  threshold,
})
const ids = ({ predicted, discarded }: ReturnType<typeof split>) => [
  predicted.map(({ label_id }) => label_id),
  discarded.map(({ label_id }) => label_id),
]

describe('the split into predicted and discarded', () => {
  it('predicts what reaches its own threshold, equality included', () => {
    const items = [item(1, 0.5), item(2, 0.499999), item(3, 0.3, 0.2), item(4, 0.9, 0.95), item(5, 0, 0), item(6, 1, 1)]
    expect(ids(split(items, all))).toEqual([
      [6, 1, 3, 5],
      [4, 2],
    ])
  })

  it('sorts both lists by falling score, and ties by rising label id', () => {
    const items = [item(9, 0.7), item(3, 0.7), item(5, 0.8), item(8, 0.1), item(2, 0.1), item(7, 0.2)]
    expect(ids(split(items, all))).toEqual([
      [5, 3, 9],
      [7, 2, 8],
    ])
  })

  it('has no discarded ones unless they are asked for', () => {
    expect(ids(split([item(1, 0.6), item(2, 0.4)], { ...all, show_discarded: false }))).toEqual([[1], []])
  })

  it('caps both lists together, after sorting: a low threshold does not save a low score', () => {
    const items = [item(1, 0.1, 0.05), item(2, 0.4), item(3, 0.6)]
    expect(ids(split(items, { ...all, max_predictions: 2 }))).toEqual([[3], [2]])
  })

  it('drops what nobody asked for before it caps', () => {
    const items = [item(1, 0.1, 0.05), item(2, 0.4), item(3, 0.6)]
    expect(ids(split(items, { show_discarded: false, max_predictions: 2 }))).toEqual([[3, 1], []])
  })

  it('lists every label over its threshold, however many', () => {
    const items = Array.from({ length: 100 }, (_, id) => item(id, 0.9 - id / 1_000))
    expect(split(items, all).predicted).toEqual(items)
  })

  it('keeps several labels of one region, in the order in which they came where all is equal', () => {
    const box = { xmin: 0, ymin: 0, xmax: 1, ymax: 1 }
    const items = [
      { ...item(1, 0.7), region: 4, box },
      { ...item(1, 0.7), region: 2, box },
    ]
    expect(split(items, all).predicted.map(({ region }) => region)).toEqual([4, 2])
  })

  it('makes two empty lists of nothing', () => {
    expect(split([], all)).toEqual({ predicted: [], discarded: [] })
  })
})
