import { defineEndpoint } from '../endpoint.ts'
import { moveTask, stepsInQueue } from './move-task.ts'

export const queuesMoveTaskBackward = defineEndpoint('queues.move_task_backward', {
  since: '2.4',
  request: stepsInQueue,
  handle: (call, request) => moveTask(call, request, { backward: request.count }),
})
