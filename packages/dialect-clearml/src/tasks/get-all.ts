import { taskDocuments } from '../document/task-document.ts'
import { unreadParts } from '../document/unread-parts.ts'
import { defineEndpoint } from '../endpoint.ts'
import { taskCollection } from '../query/collection.ts'
import { parseQuery, scrollAnswer, searchFor } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'

/** Tasks by everything that the query language can ask, references as plain ids. */
export const tasksGetAll = defineEndpoint('tasks.get_all', {
  since: '2.1',
  request: queryRequest,
  handle: async (call, request) => {
    const query = parseQuery(request, taskCollection)
    const found = await call.services.tasks.searchTasks(await searchFor(call, query), unreadParts(query.selection))
    return { tasks: await taskDocuments(call, found, query.selection), ...scrollAnswer(query, found.length) }
  },
})
