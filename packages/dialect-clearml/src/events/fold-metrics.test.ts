import { describe, expect, it } from 'vitest'
import { lastMetricsOf } from '../document/parts/last-metrics.ts'
import { md5 } from './events.fixture.ts'
import { foldMetrics } from './fold-metrics.ts'
import { maxLastMetrics } from './limits.ts'

const scalar = (iteration: number, value: number, at = iteration, more: object = {}) => ({
  ...{ metric: 'loss', variant: 'train', iteration, value, at: new Date(at), xAxisLabel: undefined },
  ...more,
})
const shown = (lastMetrics: Parameters<typeof foldMetrics>[0]) =>
  lastMetricsOf({ lastMetrics }) as Record<string, Record<string, object>>
const loss = (lastMetrics: Parameters<typeof foldMetrics>[0]) => shown(lastMetrics)[md5('loss')]?.[md5('train')]

describe('the metrics of a task', () => {
  it('have last, smallest, largest, first and mean value under the MD5 of metric and variant', () => {
    const folded = foldMetrics(null, [scalar(1, 3), scalar(2, 1), scalar(3, 3.333, 3, { xAxisLabel: 'epoch' })])
    expect(shown(folded)).toEqual({
      [md5('loss')]: {
        [md5('train')]: {
          ...{ metric: 'loss', variant: 'train', value: 3.333, count: 3, mean_value: 2.44, x_axis_label: 'epoch' },
          ...{ min_value: 1, min_value_iteration: 2, max_value: 3.333, max_value_iteration: 3 },
          ...{ first_value: 3, first_value_iteration: 1 },
        },
      },
    })
  })

  it('go on from what they were, and leave that as it was', () => {
    const before = foldMetrics(null, [scalar(1, 5), scalar(1, 5, 1, { variant: 'test' })])
    const copy = structuredClone(before)
    const after = foldMetrics(before, [scalar(2, 1), scalar(1, 1, 1, { metric: 'lr' })])
    expect(before).toEqual(copy)
    expect(loss(after)).toMatchObject({ value: 1, count: 2, mean_value: 3, first_value: 5, max_value_iteration: 1 })
    expect(after[md5('loss')]?.[md5('test')]).toEqual(before[md5('loss')]?.[md5('test')])
    expect(Object.keys(after)).toHaveLength(2)
  })

  it('have the value of the last iteration, and of the last time in it, in whatever order they came', () => {
    const scalars = [scalar(7, 70, 1), scalar(9, 90, 5), scalar(9, 91, 6), scalar(8, 80, 9), scalar(2, 90)]
    const expected = { value: 91, count: 5, first_value: 90, first_value_iteration: 2, max_value: 91, min_value: 70 }
    expect(loss(foldMetrics(null, scalars))).toMatchObject(expected)
    expect(loss(foldMetrics(null, scalars.toReversed()))).toMatchObject(expected)
    const [one, ...others] = scalars as [(typeof scalars)[number], ...typeof scalars]
    expect(loss(foldMetrics(foldMetrics(null, others), [one]))).toMatchObject(expected)
  })

  it('hold the largest numbers that there are', () => {
    const most = Number.MAX_VALUE
    const folded = foldMetrics(null, [scalar(1, most), scalar(2, most), scalar(3, -most), scalar(4, -most)])
    expect(loss(folded)).toMatchObject({ min_value: -most, max_value: most })
    expect(JSON.parse(JSON.stringify(loss(foldMetrics(null, [scalar(1, most)]))))).toMatchObject({ mean_value: most })
  })

  it('are not more than a row can bear: the first ones stay, and go on', () => {
    const many = Array.from({ length: maxLastMetrics + 5 }, (_, index) => scalar(1, 1, 1, { metric: `m${index}` }))
    const folded = foldMetrics(null, many)
    expect(Object.keys(folded)).toHaveLength(maxLastMetrics)
    const after = foldMetrics(folded, [scalar(2, 2, 2, { metric: 'm0' }), scalar(2, 2, 2, { metric: 'new' })])
    expect(Object.keys(after)).toHaveLength(maxLastMetrics)
    expect(after[md5('m0')]?.[md5('train')]).toMatchObject({ value: 2, count: 2 })
  })
})
