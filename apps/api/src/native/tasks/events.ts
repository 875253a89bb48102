import { Readable } from 'node:stream'
import { isLive, type TaskEventView } from '@inferq/contracts'
import { z } from 'zod'
import { type NativeRoute, refusals } from '../route.ts'
import { followTask } from './follow-task.ts'
import { TaskParams } from './get.ts'

const keepAliveMs = 15_000

export const tasksEvents: NativeRoute = (app, services) => {
  app.get(
    '/tasks/:id/events',
    {
      schema: {
        summary: 'Follow a task',
        description:
          'Server-sent events, each a TaskEvent, from the first one or after `Last-Event-ID`. The stream ends when the task has; a client that has seen everything is then answered 204.',
        tags: ['tasks'],
        params: TaskParams,
        headers: z.object({ 'last-event-id': z.coerce.number().int().min(0).catch(0) }),
        response: {
          200: z.unknown().describe('text/event-stream'),
          204: z.null().describe('Nothing more comes.'),
          ...refusals,
        },
      },
    },
    async ({ params, caller, headers }, reply) => {
      const task = await services.operations.findTask(caller.company, params.id)
      const seen = headers['last-event-id']
      if (!isLive(task.status) && seen >= task.events.length) return reply.code(204).send(null)
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type('text/event-stream')
      return reply.send(Readable.from(written(followTask(services, { company: caller.company, id: task.id, seen }))))
    },
  )
}

/** In the wire form of server-sent events; a comment when it has been quiet, or proxies would hang up. */
async function* written(events: AsyncIterable<TaskEventView | null>): AsyncGenerator<string> {
  let quietSince = Date.now()
  for await (const event of events) {
    if (!event && Date.now() - quietSince < keepAliveMs) continue
    quietSince = Date.now()
    yield event ? `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n` : ': quiet\n\n'
  }
}
