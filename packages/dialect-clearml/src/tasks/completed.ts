import { defineEndpoint } from '../endpoint.ts'
import { flag, object } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { setTime, statusAnswer } from './status-answer.ts'
import { movedTask, moveOf } from './status-request.ts'

/** Says that the task is done, and on demand publishes it at once. */
export const tasksCompleted = defineEndpoint('tasks.completed', {
  since: '2.2',
  request: object({ ...movedTask, publish: flag }),
  async handle(call, { task: id, publish, ...request }) {
    const { operations } = call.services
    const { company } = call.identity
    const move = moveOf(call, request)
    const moved = await onOwnTask(call, id, () => operations.moveStatus(company, id, 'complete', move))
    if (publish) await operations.publishTask(company, id, { ...move, publishModel: true })
    return { ...statusAnswer(moved, setTime('completed', moved.task.completedAt)), published: publish ? 1 : 0 }
  },
})
