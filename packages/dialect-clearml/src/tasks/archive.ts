import { requireOwnTasks } from '../document/own-tasks.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ids, object } from '../transport/fields.ts'
import { archiveOne, archiving } from './archive-one.ts'

/** Puts tasks away. All of them must be there before the first is. */
export const tasksArchive = defineEndpoint('tasks.archive', {
  since: '2.12',
  request: object({ tasks: ids, ...archiving }),
  async handle(call, { tasks, ...request }) {
    const unique = [...new Set(tasks)]
    await requireOwnTasks(call, unique)
    for (const id of unique) await archiveOne(call, id, 'archiveTask', request)
    return { archived: unique.length }
  },
})
