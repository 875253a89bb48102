import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { filterWorkers, lastSeenSeconds, workerFilters } from './filter-workers.ts'
import { liveWorkers } from './live-workers.ts'
import { workerDocuments } from './worker-documents.ts'

const usualLastSeenSeconds = 3_600

/** Workers alive now, agents and native ones, with what they run and what comes next. */
export const workersGetAll = defineEndpoint('workers.get_all', {
  since: '2.4',
  request: object({ last_seen: lastSeenSeconds, ...workerFilters }),
  async handle(call, { last_seen, ...filters }) {
    const lastSeen = last_seen === undefined ? usualLastSeenSeconds : (last_seen ?? 0)
    return { workers: await workerDocuments(call, filterWorkers(await liveWorkers(call), filters, lastSeen)) }
  },
})
