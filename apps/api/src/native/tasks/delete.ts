import { z } from 'zod'
import { type NativeRoute, refusals } from '../route.ts'
import { TaskParams } from './get.ts'

export const tasksDelete: NativeRoute = (app, { operations }) => {
  app.delete(
    '/tasks/:id',
    {
      schema: {
        summary: 'Delete a task and what it produced',
        description: 'A running one must be cancelled first (409).',
        tags: ['tasks'],
        params: TaskParams,
        response: { 204: z.null().describe('Gone.'), ...refusals },
      },
    },
    async ({ params, caller }, reply) => {
      await operations.deleteTask(caller.company, params.id)
      return reply.code(204).send(null)
    },
  )
}
