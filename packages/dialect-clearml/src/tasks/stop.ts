import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { stopOne, stopping } from './stop-one.ts'

/** Stops a task that nobody runs; asks whoever runs it, else. */
export const tasksStop = defineEndpoint('tasks.stop', {
  since: '2.1',
  request: object({ task: text, ...stopping }),
  handle: (call, { task: id, ...request }) => stopOne(call, id, request),
})
