import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { resetOne, resetting } from './reset-one.ts'

/** tasks.reset for each. */
export const tasksResetMany = defineEndpoint('tasks.reset_many', {
  since: '2.13',
  request: object({ ids, ...resetting }),
  handle: (call, { ids, ...request }) =>
    runBatch(ids, async (id) => {
      const { leftLines, ...answer } = await resetOne(call, id, request)
      return { ...answer, dequeued: leftLines > 0 }
    }),
})
