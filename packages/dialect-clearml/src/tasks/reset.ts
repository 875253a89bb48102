import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { resetOne, resetting } from './reset-one.ts'

/** Makes a task a draft again, without what it produced. */
export const tasksReset = defineEndpoint('tasks.reset', {
  since: '2.1',
  request: object({ task: text, ...resetting }),
  async handle(call, { task: id, ...request }) {
    const { leftLines, ...answer } = await resetOne(call, id, request)
    return { ...answer, dequeued: leftLines > 0 ? { removed: leftLines } : {}, events: {} }
  },
})
