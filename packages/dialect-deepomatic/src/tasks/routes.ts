import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import type { DeepomaticOptions } from '../options.ts'
import { listTasks } from './list-tasks.ts'
import { taskNumber } from './task-number.ts'
import { writeTask } from './write-task.ts'

const json = 'application/json; charset=utf-8'

/** What clients poll while they wait for an answer. */
export function taskRoutes(app: FastifyInstance, { services }: DeepomaticOptions): void {
  app.get<{ Params: { id: string } }>('/tasks/:id', async ({ caller, params }, reply) => {
    const number = taskNumber(params.id)
    const [task] = number === null ? [] : await services.tasks.findTasksByNumber(caller.company, [number])
    if (!task) throw new ApiError(404, `there is no task "${params.id}"`)
    return reply.type(json).send(await writeTask(services, task))
  })

  app.get('/tasks', async (request, reply) => {
    const pieces = await listTasks(callOf(request, services), request)
    return reply.type(json).send(Readable.from(pieces))
  })
}
