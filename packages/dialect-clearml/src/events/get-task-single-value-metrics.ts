import type { SeriesFilter, ShownEvent } from '@inferq/domain'
import type { Call } from '../call.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, ids, object } from '../transport/fields.ts'
import { maxPage, maxSubjectsPerQuestion } from './limits.ts'
import { metricFilter, seriesFilter } from './metric-filter.ts'
import { requireVisibleSubjects } from './visible-subjects.ts'

/** The scalars of tasks or models that have no iteration. */
export const eventsGetTaskSingleValueMetrics = defineEndpoint('events.get_task_single_value_metrics', {
  since: '2.20',
  request: object({
    tasks: ids.max(maxSubjectsPerQuestion),
    model_events: flag,
    metrics: metricFilter,
  }),
  async handle(call, { tasks: wanted, model_events, metrics }) {
    const subjects = await requireVisibleSubjects(call, [...new Set(wanted)], model_events)
    const tasks = []
    for (const { id, name } of subjects) {
      const values = await readValues(call, id, seriesFilter(metrics))
      tasks.push({ task: id, task_name: name, values: values.map(valueDocument) })
    }
    return { tasks }
  },
})

async function readValues({ services }: Call, subject: string, filter: { filter?: readonly SeriesFilter[] }) {
  const { events } = await services.events.readShown(subject, {
    ...{ kind: 'single_value', from: null, direction: 'earlier', iterations: 1, cursor: null, limit: maxPage },
    ...filter,
  })
  return events
}

const valueDocument = ({ metric, variant, at, content }: ShownEvent) => ({
  ...{ metric, variant, value: content.value, timestamp: at.getTime() },
})
