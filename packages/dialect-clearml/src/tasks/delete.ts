import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { deleteOne, deletion } from './delete-one.ts'

/** Deletes a draft or an archived task, with force any, and the models that it made and did not publish. */
export const tasksDelete = defineEndpoint('tasks.delete', {
  since: '2.1',
  request: object({ task: text, ...deletion }),
  handle: (call, { task: id, ...request }) => deleteOne(call, id, request),
})
