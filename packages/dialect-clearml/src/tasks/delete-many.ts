import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { deleteOne, deletion } from './delete-one.ts'

/** tasks.delete for each. */
export const tasksDeleteMany = defineEndpoint('tasks.delete_many', {
  since: '2.13',
  request: object({ ids, ...deletion }),
  handle: (call, { ids, ...request }) => runBatch(ids, (id) => deleteOne(call, id, request)),
})
