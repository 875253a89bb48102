import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { setTime, statusAnswer } from './status-answer.ts'
import { movedTask, moveOf } from './status-request.ts'

/** Says that the task was stopped; whoever only asks for that calls tasks.stop. */
export const tasksStopped = defineEndpoint('tasks.stopped', {
  since: '2.1',
  request: object(movedTask),
  async handle(call, { task: id, ...request }) {
    const { moveStatus } = call.services.operations
    const moved = await onOwnTask(call, id, () => moveStatus(call.identity.company, id, 'stop', moveOf(call, request)))
    return statusAnswer(moved, setTime('completed', moved.task.completedAt))
  },
})
