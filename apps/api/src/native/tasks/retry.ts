import { TaskView } from '@inferq/contracts'
import { type NativeRoute, refusals } from '../route.ts'
import { wholeTask } from '../whole-task.ts'
import { TaskParams } from './get.ts'

export const tasksRetry: NativeRoute = (app, services) => {
  app.post(
    '/tasks/:id/retry',
    {
      schema: {
        summary: 'Run a failed or stopped task again',
        tags: ['tasks'],
        params: TaskParams,
        response: { 200: TaskView, ...refusals },
      },
    },
    async ({ params, caller }, reply) => {
      const task = await services.operations.retryTask(caller.company, params.id)
      return wholeTask(services, reply, task)
    },
  )
}
