import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { filterWorkers, lastSeenSeconds, workerFilters } from './filter-workers.ts'
import { liveWorkers } from './live-workers.ts'

export const workersGetCount = defineEndpoint('workers.get_count', {
  since: '2.26',
  request: object({ last_seen: lastSeenSeconds, ...workerFilters }),
  async handle(call, { last_seen, ...filters }) {
    return { count: filterWorkers(await liveWorkers(call), filters, last_seen ?? 0).length }
  },
})
