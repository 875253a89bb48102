import { expandReferences } from '../document/references.ts'
import { taskDocuments } from '../document/task-document.ts'
import { unreadParts } from '../document/unread-parts.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { taskCollection } from '../query/collection.ts'
import { parseQuery, searchFor } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'

/** Tasks whose ids are known, hidden or not, with objects in place of the ids of other things. */
export const tasksGetByIdEx = defineEndpoint('tasks.get_by_id_ex', {
  since: '2.11',
  request: queryRequest,
  handle: async (call, { include_subprojects, ...request }) => {
    if (isMissing(request.id)) throw new ApiError('missingRequiredFields', 'id is required', { field: 'id' })
    const query = parseQuery(request, taskCollection, { scroll: false })
    const found = await call.services.tasks.searchTasks(await searchFor(call, query), unreadParts(query.selection))
    const documents = await taskDocuments(call, found, query.selection)
    return { tasks: await expandReferences(call, 'task', documents, query.selection) }
  },
})

/** An empty list asks for nothing in particular, which is everything: surely not what was meant here. */
const isMissing = (id: unknown) => (id ?? '') === '' || (Array.isArray(id) && id.length === 0)
