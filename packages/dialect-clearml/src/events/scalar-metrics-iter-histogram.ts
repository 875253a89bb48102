import type { EventStore, Series } from '@inferq/domain'
import { z } from 'zod'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, text } from '../transport/fields.ts'
import { type Axis, type Curve, drawSeries } from './draw-series.ts'
import { maxHistogramPoints } from './limits.ts'
import { metricFilter, seriesFilter } from './metric-filter.ts'
import { atLeastOne } from './page-fields.ts'
import { requireVisibleSubject } from './visible-subjects.ts'

const axis: z.ZodType<Axis> = z.enum(['iter', 'timestamp', 'iso_time'])

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
    const curves = await readCurves(events, all, key, samples)
    const byMetric = new Map<string, Map<string, Curve>>()
    for (const { id, metric, variant } of all) {
      const curve = curves.get(id)
      if (curve) byMetric.set(metric, (byMetric.get(metric) ?? new Map()).set(variant, curve))
    }
    return Object.fromEntries([...byMetric].map(([metric, variants]) => [metric, Object.fromEntries(variants)]))
  },
})

/** Series that went back to iterations that they had passed are read once more, now that it is known where they did. */
async function readCurves(events: EventStore, all: readonly Series[], key: Axis, samples: number) {
  const most = Math.max(1, Math.min(samples, Math.floor(maxHistogramPoints / all.length)))
  const first = drawSeries(all, key, most, new Map())
  await events.readSeries(
    all.map(({ id }) => id),
    first.add,
  )
  const { curves, found } = first.end()
  if (found.size === 0) return curves
  const again = drawSeries(all, key, most, found)
  await events.readSeries([...found.keys()], again.add)
  return new Map([...curves, ...again.end().curves])
}
