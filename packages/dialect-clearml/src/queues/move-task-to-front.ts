import { defineEndpoint } from '../endpoint.ts'
import { moveTask, placeInQueue } from './move-task.ts'

export const queuesMoveTaskToFront = defineEndpoint('queues.move_task_to_front', {
  since: '2.4',
  request: placeInQueue,
  handle: (call, request) => moveTask(call, request, 'front'),
})
