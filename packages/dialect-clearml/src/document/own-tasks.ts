import type { DetailedTask } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/**
 * All of these tasks, in order, before any is changed. Throws for the first that is unknown or another company's
 * (400/101) or public (403/21).
 */
export async function requireOwnTasks(call: Call, ids: readonly string[]): Promise<readonly DetailedTask[]> {
  const { company } = call.identity
  const found = new Map(
    (await call.services.tasks.findDetailed(company, ids, 'visible')).map((task) => [task.id, task]),
  )
  return ids.map((id) => {
    const task = found.get(id)
    if (task?.company === company) return task
    throw notOwn(call, id, task !== undefined)
  })
}

export async function requireOwnTask(call: Call, id: string): Promise<DetailedTask> {
  const [task] = await requireOwnTasks(call, [id])
  return task as DetailedTask
}

/** Why a task of that id could not be changed. */
export async function refusalOf(call: Call, id: string): Promise<ApiError> {
  const [task] = await call.services.tasks.findDetailed(call.identity.company, [id], 'visible')
  return notOwn(call, id, task?.company === '')
}

const notOwn = ({ identity }: Call, id: string, isPublic: boolean): ApiError =>
  isPublic
    ? new ApiError('noWritePermission', 'the task is public', { id })
    : new ApiError('invalidTaskId', '', { id, company: identity.company })
