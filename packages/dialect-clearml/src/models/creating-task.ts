import type { DetailedTask, Model } from '@inferq/domain'
import type { Call } from '../call.ts'

/** The task that made a model, if it is the caller's and still there. */
export async function findCreatingTask(
  { services, identity }: Call,
  { task }: Pick<Model, 'task'>,
): Promise<DetailedTask | undefined> {
  if (task === null) return undefined
  const [found] = await services.tasks.findDetailed(identity.company, [task], 'own')
  return found
}
