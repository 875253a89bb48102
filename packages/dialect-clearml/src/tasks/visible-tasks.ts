import type { DetailedTask } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** All of these tasks, one's own or public, in order. Throws 400/101 for the first that is neither. */
export async function requireVisibleTasks<const Ids extends readonly string[]>(
  { identity, services }: Call,
  ids: Ids,
): Promise<{ [Index in keyof Ids]: DetailedTask }> {
  const found = await services.tasks.findDetailed(identity.company, ids, 'visible')
  const byId = new Map(found.map((task) => [task.id, task]))
  return ids.map((id) => {
    const task = byId.get(id)
    if (!task) throw new ApiError('invalidTaskId', '', { id, company: identity.company })
    return task
  }) as { [Index in keyof Ids]: DetailedTask }
}
