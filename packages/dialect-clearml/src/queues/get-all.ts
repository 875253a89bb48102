import { queueDocuments } from '../document/queue-document.ts'
import { defineEndpoint } from '../endpoint.ts'
import { queueCollection } from '../query/collection.ts'
import { parseQuery, scrollAnswer, searchFor } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'
import { readMaxEntries } from './read-max-entries.ts'

/** Queues by everything that the query language can ask, with the ids of the tasks that wait in both lines. */
export const queuesGetAll = defineEndpoint('queues.get_all', {
  since: '2.4',
  request: queryRequest,
  async handle(call, request) {
    const query = parseQuery(request, queueCollection)
    const maxEntries = readMaxEntries(request)
    const found = await call.services.queues.searchQueues(await searchFor(call, query))
    const queues = await queueDocuments(call, found, { selection: query.selection, maxEntries })
    return { queues, ...scrollAnswer(query, found.length) }
  },
})
