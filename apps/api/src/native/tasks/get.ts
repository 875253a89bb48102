import { maxWaitSeconds, TaskView } from '@inferq/contracts'
import { z } from 'zod'
import { type NativeRoute, refusals } from '../route.ts'
import { whenGone } from '../when-gone.ts'
import { wholeTask } from '../whole-task.ts'

/** Any text: what is no id at all is answered as an unknown one. */
export const TaskParams = z.object({ id: z.string() })

export const tasksGet: NativeRoute = (app, services) => {
  app.get(
    '/tasks/:id',
    {
      schema: {
        summary: 'Read a task',
        tags: ['tasks'],
        params: TaskParams,
        querystring: z.object({
          wait: z.coerce
            .number()
            .int()
            .min(0)
            .max(maxWaitSeconds)
            .optional()
            .meta({ description: 'Seconds to hold on until the task has ended.' }),
        }),
        response: { 200: TaskView, ...refusals },
      },
    },
    async ({ params, query, caller }, reply) => {
      const { operations, changes } = services
      const task = query.wait
        ? await changes.untilEnded(operations, {
            company: caller.company,
            id: params.id,
            timeoutMs: query.wait * 1_000,
            signal: whenGone(reply),
          })
        : await operations.findTask(caller.company, params.id)
      return wholeTask(services, reply, task)
    },
  )
}
