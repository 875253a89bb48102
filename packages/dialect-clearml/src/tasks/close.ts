import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { statusAnswer } from './status-answer.ts'
import { movedTask, moveOf } from './status-request.ts'

/** Closes a stopped task, so that nobody enqueues it again. */
export const tasksClose = defineEndpoint('tasks.close', {
  since: '2.1',
  request: object(movedTask),
  async handle(call, { task: id, ...request }) {
    const { moveStatus } = call.services.operations
    const moved = await onOwnTask(call, id, () => moveStatus(call.identity.company, id, 'close', moveOf(call, request)))
    return statusAnswer(moved)
  },
})
