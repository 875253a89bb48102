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
    const most = Math.max(1, Math.min(samples, Math.floor(maxHistogramPoints / all.length)))
    const drawing = drawSeries(all, key, most)
    await events.readSeries(
      all.map(({ id }) => id),
      drawing.add,
    )
    const curves = drawing.end()
    const byMetric = new Map<string, Map<string, Curve>>()
    for (const { id, metric, variant } of all) {
      const curve = curves.get(id)
      if (curve) byMetric.set(metric, (byMetric.get(metric) ?? new Map()).set(variant, curve))
    }
    return Object.fromEntries([...byMetric].map(([metric, variants]) => [metric, Object.fromEntries(variants)]))
  },
})
