import { bucketsOf, timeRange, timeRangeFields } from '../document/time-range.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'

/** How many workers reported in each interval, and how many of them had a task. */
export const workersGetActivityReport = defineEndpoint('workers.get_activity_report', {
  since: '2.4',
  request: object(timeRangeFields),
  async handle({ services, identity }, request) {
    const range = timeRange(request)
    const counted = await services.samples.countActive(identity.company, range)
    const byDate = new Map(counted.map((bucket) => [bucket.at.getTime(), bucket]))
    const dates = bucketsOf(range, 'begun')
    const seriesOf = (kind: 'total' | 'active') => ({ dates, counts: dates.map((at) => byDate.get(at)?.[kind] ?? 0) })
    return { total: seriesOf('total'), active: seriesOf('active') }
  },
})
