import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import { json } from '../json.ts'
import type { TwelvelabsOptions } from '../options.ts'
import { createTask } from './create-task.ts'
import { listTasks } from './list-tasks.ts'
import { retrieveTask } from './retrieve-task.ts'

/** Embeddings that clients poll for. */
export function taskRoutes(app: FastifyInstance, { services }: TwelvelabsOptions): void {
  app.post('/embed-v2/tasks', async (request, reply) => {
    const created = await createTask(callOf(request, services), request.body)
    return reply.code(202).send(created)
  })
  app.get('/embed-v2/tasks', async (request) => listTasks(callOf(request, services), request.query))
  // An id may be any text, of any length, slashes included.
  app.get<{ Params: { '*': string } }>('/embed-v2/tasks/*', async (request, reply) => {
    const pieces = await retrieveTask(callOf(request, services), request.params['*'])
    return reply.type(json).send(Readable.from(pieces))
  })
}
