import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { list, object, optional, text } from '../transport/fields.ts'

/** Which figures there are, by what they are about: `cpu`, `gpu`, `memory`, ... */
export const workersGetMetricKeys = defineEndpoint('workers.get_metric_keys', {
  since: '2.4',
  request: object({ worker_ids: optional(list(text)) }),
  async handle({ services, identity }, { worker_ids = [] }) {
    const metrics = await services.samples.listMetrics(identity.company, worker_ids)
    if (metrics.length === 0) throw new ApiError('workerStatsNotFound', '', { company: identity.company })
    const categories = Map.groupBy(metrics, (metric) => metric.split('_')[0] as string)
    return { categories: [...categories].map(([name, metric_keys]) => ({ name, metric_keys })) }
  },
})
