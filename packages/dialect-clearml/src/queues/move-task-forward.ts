import { defineEndpoint } from '../endpoint.ts'
import { moveTask, stepsInQueue } from './move-task.ts'

export const queuesMoveTaskForward = defineEndpoint('queues.move_task_forward', {
  since: '2.4',
  request: stepsInQueue,
  handle: (call, request) => moveTask(call, request, { forward: request.count }),
})
