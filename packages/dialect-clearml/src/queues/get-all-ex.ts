import { queueDocuments } from '../document/queue-document.ts'
import { expandReferences } from '../document/references.ts'
import { defineEndpoint } from '../endpoint.ts'
import { queueCollection } from '../query/collection.ts'
import { parseQuery, scrollAnswer, searchFor } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'
import { readMaxEntries } from './read-max-entries.ts'
import { watchersOf } from './watchers.ts'

/** As queues.get_all, with objects in place of ids, and the workers that watch each queue now. */
export const queuesGetAllEx = defineEndpoint('queues.get_all_ex', {
  since: '2.4',
  request: queryRequest,
  async handle(call, request) {
    const query = parseQuery(request, queueCollection)
    const maxEntries = readMaxEntries(request)
    const { selection } = query
    const found = await call.services.queues.searchQueues(await searchFor(call, query))
    const documents = await queueDocuments(call, found, { selection, maxEntries, expanded: true })
    const expanded = await expandReferences(call, 'queue', documents, selection)
    const watchers = await watchersOf(call)
    const queues = expanded.map((queue, index) => ({ ...queue, workers: watchers(found[index]?.id ?? '') }))
    return { queues, ...scrollAnswer(query, found.length) }
  },
})
