import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { publication, publishOne } from './publish-one.ts'

/** Publishes a task, and with it the last model that it made. What is published stays as it is. */
export const tasksPublish = defineEndpoint('tasks.publish', {
  since: '2.1',
  request: object({ task: text, ...publication }),
  handle: (call, { task: id, ...request }) => publishOne(call, id, request),
})
