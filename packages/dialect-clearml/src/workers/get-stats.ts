import type { Aggregation, TimeRange } from '@inferq/domain'
import { z } from 'zod'
import { bucketsOf, timeRange, timeRangeFields } from '../document/time-range.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, list, object, optional, text } from '../transport/fields.ts'

const aggregation = z.enum(['avg', 'min', 'max'])

/** The reference calls the aggregation `category`; clients do not. */
const item = object({ key: text, aggregation: optional(aggregation), category: optional(aggregation) }).transform(
  ({ key, aggregation, category }) => ({ key, aggregation: aggregation ?? category ?? 'avg' }),
)

/** Agents report every 30 s: a shorter interval would show gaps that are none. */
const shortestIntervalSeconds = 40
const mostItems = 100

interface Series {
  worker: string
  metric: string
  variant: string
  stats: Map<Aggregation, number[]>
}

/** Figures of machines over time. A bucket without a report is 0; one that is not over at `to_date` is left out. */
export const workersGetStats = defineEndpoint('workers.get_stats', {
  since: '2.4',
  request: object({
    ...timeRangeFields,
    items: list(item).min(1).max(mostItems),
    worker_ids: optional(list(text)),
    split_by_variant: defaulted(flag, false),
  }),
  async handle({ services, identity }, { items, worker_ids = [], split_by_variant: splitByVariant, ...request }) {
    const range = timeRange(request, shortestIntervalSeconds)
    const buckets = bucketsOf(range, 'whole')
    const series = new Map<string, Series>()
    for (const { key: metric, aggregation } of items) {
      const query = { company: identity.company, workers: worker_ids, metric, aggregation, splitByVariant, range }
      for (const { worker, variant, at, value } of await services.samples.aggregate(query)) {
        const values = valuesOf(series, { worker, metric, variant }, aggregation, buckets.length)
        const bucket = bucketAt(range, at)
        if (bucket < buckets.length) values[bucket] = value
      }
    }
    const byWorker = Map.groupBy(series.values(), ({ worker }) => worker)
    return {
      workers: [...byWorker].map(([worker, all]) => ({ worker, metrics: all.map(metricOf(buckets, splitByVariant)) })),
    }
  },
})

function valuesOf(
  series: Map<string, Series>,
  { worker, metric, variant }: Omit<Series, 'stats'>,
  aggregation: Aggregation,
  buckets: number,
): number[] {
  const key = JSON.stringify([worker, metric, variant])
  const one = series.get(key) ?? { worker, metric, variant, stats: new Map() }
  series.set(key, one)
  const values = one.stats.get(aggregation) ?? new Array<number>(buckets).fill(0)
  one.stats.set(aggregation, values)
  return values
}

const bucketAt = ({ from, intervalSeconds }: TimeRange, at: Date) =>
  Math.round((at.getTime() - from.getTime()) / (intervalSeconds * 1_000))

const metricOf =
  (dates: readonly number[], splitByVariant: boolean) =>
  ({ metric, variant, stats }: Series) => ({
    metric,
    ...(splitByVariant ? { variant } : {}),
    dates,
    stats: [...stats].map(([aggregation, values]) => ({ aggregation, values })),
  })
