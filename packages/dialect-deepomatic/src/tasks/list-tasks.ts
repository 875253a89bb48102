import type { FastifyRequest } from 'fastify'
import type { Call } from '../call.ts'
import { linksOf } from '../pages/page.ts'
import { queryOf } from '../pages/query.ts'
import { sliceOf } from '../pages/slice.ts'
import { askedIds } from './asked-ids.ts'
import { taskNumber } from './task-number.ts'
import { writeTask } from './write-task.ts'

/**
 * A page of the tasks that are asked for, as JSON text piece by piece: the results of a thousand tasks together may be
 * more than there is room for.
 */
export async function listTasks({ services, caller }: Call, request: FastifyRequest): Promise<AsyncGenerator<string>> {
  const query = queryOf(request)
  const { offset, limit } = sliceOf(query)
  const asked = askedIds(query).flatMap((id) => taskNumber(id) ?? [])
  const found = await services.tasks.filterNumbers(caller.company, asked)
  const tasks = await services.tasks.findTasksByNumber(caller.company, found.slice(offset, offset + limit))
  const count = found.length
  const head = JSON.stringify({ count, ...linksOf(request, count) })

  async function* write(): AsyncGenerator<string> {
    yield `${head.slice(0, -1)},"results":[`
    for (const [place, task] of tasks.entries()) yield `${place > 0 ? ',' : ''}${await writeTask(services, task)}`
    yield ']}'
  }
  return write()
}
