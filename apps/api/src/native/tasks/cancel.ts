import { TaskView } from '@inferq/contracts'
import { type NativeRoute, refusals } from '../route.ts'
import { wholeTask } from '../whole-task.ts'
import { TaskParams } from './get.ts'

export const tasksCancel: NativeRoute = (app, services) => {
  app.post(
    '/tasks/:id/cancel',
    {
      schema: {
        summary: 'Cancel a task',
        description: 'A waiting task is stopped at once (200). On a running one this asks its worker to stop (202).',
        tags: ['tasks'],
        params: TaskParams,
        response: { 200: TaskView, 202: TaskView, ...refusals },
      },
    },
    async ({ params, caller }, reply) => {
      const task = await services.operations.cancelTask(caller.company, params.id)
      reply.code(task.status === 'stopped' ? 200 : 202)
      return wholeTask(services, reply, task)
    },
  )
}
