import { DomainError } from '@inferq/domain'
import { z } from 'zod'
import { type NativeRoute, refusals } from '../route.ts'
import { TaskParams } from './get.ts'

/** The result by itself: where a link to it leads that another wire language gives out. */
export const tasksResult: NativeRoute = (app, { operations, results }) => {
  app.get(
    '/tasks/:id/result',
    {
      schema: {
        summary: "Read a task's result alone",
        description: 'JSON as the job defines it; 404 while there is none.',
        tags: ['tasks'],
        params: TaskParams,
        response: { 200: z.unknown().describe('The result.'), ...refusals },
      },
    },
    async ({ params, caller }, reply) => {
      const task = await operations.findTask(caller.company, params.id)
      const result = await results.result(task)
      if (result === null) {
        throw new DomainError('TASK_NOT_FOUND', `the task has no result: it is ${task.status}`)
      }
      return reply.type('application/json; charset=utf-8').send(result)
    },
  )
}
