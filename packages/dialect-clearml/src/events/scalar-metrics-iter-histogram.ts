import type { Series, SeriesChunk } from '@inferq/domain'
import { z } from 'zod'
import { isoDate } from '../document/iso-date.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, text } from '../transport/fields.ts'
import { Buckets } from './buckets.ts'
import { maxHistogramPoints } from './limits.ts'
import { metricFilter, seriesFilter } from './metric-filter.ts'
import { atLeastOne } from './page-fields.ts'
import { requireVisibleSubject } from './visible-subjects.ts'

const axis = z.enum(['iter', 'timestamp', 'iso_time'])
type Axis = z.output<typeof axis>

/** Every scalar of a task or model over its iterations or over time, with no more points than one can draw. */
export const eventsScalarMetricsIterHistogram = defineEndpoint('events.scalar_metrics_iter_histogram', {
  since: '2.1',
  request: object({
    task: text,
    samples: defaulted(atLeastOne(maxHistogramPoints), 2000),
    key: defaulted(axis, 'iter'),
    metrics: metricFilter,
    model_events: flag,
  }),
  async handle(call, { task, samples, key, metrics, model_events }) {
    const { events } = call.services
    const subject = await requireVisibleSubject(call, task, model_events)
    const all = await events.listSeries(subject, seriesFilter(metrics).filter)
    const most = Math.max(1, Math.min(samples, Math.floor(maxHistogramPoints / all.length)))
    const drawing = drawSeries(all, key, most)
    await events.readSeries(
      all.map(({ id }) => id),
      drawing.add,
    )
    return drawing.read()
  },
})

type Curve = { name: string; x: (number | string)[]; y: number[] }

/** One series after the other: only the one that is being read has its buckets in memory. */
function drawSeries(all: readonly Series[], key: Axis, most: number) {
  const byId = new Map(all.map((series) => [series.id, series]))
  const curves = new Map<string, Map<string, Curve>>()
  let present: { series: Series; buckets: Buckets } | undefined

  function finish(): void {
    if (!present) return
    const { series, buckets } = present
    const { x, y } = buckets.read()
    const curve = { name: series.variant, x: key === 'iso_time' ? x.map((ms) => isoDate(new Date(ms))) : x, y }
    const variants = curves.get(series.metric) ?? new Map()
    curves.set(series.metric, variants.set(series.variant, curve))
  }

  return {
    add(chunk: SeriesChunk): void {
      const series = byId.get(chunk.series)
      if (!series) return
      if (present?.series !== series) {
        finish()
        present = { series, buckets: new Buckets({ most, ...rangeOf(series, key) }) }
      }
      const xs = key === 'iter' ? chunk.iterations : chunk.times
      for (const [index, x] of xs.entries()) present.buckets.add(x, chunk.values[index] as number)
    },
    read(): Record<string, Record<string, Curve>> {
      finish()
      return Object.fromEntries([...curves].map(([metric, variants]) => [metric, Object.fromEntries(variants)]))
    },
  }
}

const rangeOf = ({ firstIteration, lastIteration, firstAt, lastAt }: Series, key: Axis) =>
  key === 'iter' ? { first: firstIteration, last: lastIteration } : { first: firstAt.getTime(), last: lastAt.getTime() }
