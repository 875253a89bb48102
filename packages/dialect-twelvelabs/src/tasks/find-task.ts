import type { Task } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { isMediaTask } from './media-task.ts'
import { numberIn, wireId } from './wire-id.ts'
import { wireStatus } from './wire-status.ts'

/** A task of the caller's company that embeds a medium. Throws 404, also for one that has been there for too long. */
export async function findTask({ services, caller }: Call, id: string): Promise<Task> {
  const number = numberIn(id)
  const [task] = number === null ? [] : await services.tasks.findTasksByNumber(caller.company, [number])
  if (task && wireId(task) === id && isMediaTask(task) && !hasPassed(task, services.settings)) return task
  throw new ApiError('resource_not_exist', `there is no embedding task with id "${id.slice(0, 64)}"`)
}

/** As those that are deleted; one that still waits or runs stays. */
const hasPassed = (task: Task, { retentionMs }: { retentionMs: number }): boolean =>
  wireStatus(task) !== 'processing' && task.createdAt.getTime() <= Date.now() - retentionMs
