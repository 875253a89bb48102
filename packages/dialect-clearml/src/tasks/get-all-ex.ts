import { expandReferences } from '../document/references.ts'
import { taskDocuments } from '../document/task-document.ts'
import { unreadParts } from '../document/unread-parts.ts'
import { defineEndpoint } from '../endpoint.ts'
import { taskCollection } from '../query/collection.ts'
import { parseQuery, scrollAnswer, searchFor } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'

/** As tasks.get_all, with objects in place of the ids of other things. */
export const tasksGetAllEx = defineEndpoint('tasks.get_all_ex', {
  since: '2.1',
  request: queryRequest,
  handle: async (call, request) => {
    const query = parseQuery(request, taskCollection)
    const found = await call.services.tasks.searchTasks(await searchFor(call, query), unreadParts(query.selection))
    const documents = await taskDocuments(call, found, query.selection)
    return {
      tasks: await expandReferences(call, 'task', documents, query.selection),
      ...scrollAnswer(query, found.length),
    }
  },
})
