import { defineEndpoint } from '../endpoint.ts'
import { object } from '../transport/fields.ts'
import { agentOf } from '../workers/agent-of.ts'
import { noteQueues } from './note-queues.ts'
import { onOwnTask } from './on-own-task.ts'
import { setTime, statusAnswer } from './status-answer.ts'
import { movedTask, moveOf } from './status-request.ts'

/**
 * Says that the task runs now. It stays in line where it is, and no lease on it can run out any more. An agent that was
 * given up for lost, and whose task another one has taken since, is refused (400/110), also with force.
 */
export const tasksStarted = defineEndpoint('tasks.started', {
  since: '2.1',
  request: object(movedTask),
  async handle(call, { task: id, ...request }) {
    const { moveStatus } = call.services.operations
    const move = { ...moveOf(call, request), ...agentOf(call) }
    const moved = await onOwnTask(call, id, () => moveStatus(call.identity.company, id, 'start', move))
    if (moved.leftLines > 0) await noteQueues(call, [moved.before.queueId])
    return {
      ...statusAnswer(moved, moved.before.startedAt === null ? setTime('started', moved.task.startedAt) : {}),
      started: 1,
    }
  },
})
