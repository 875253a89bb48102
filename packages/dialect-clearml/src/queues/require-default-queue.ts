import type { QueueRecord } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** The queue that a task goes to when none is named. Throws 400/707. There is never more than one. */
export async function requireDefaultQueue({ services, identity }: Call): Promise<QueueRecord> {
  const queue = (await services.queues.listQueues(identity.company)).find(({ isDefault }) => isDefault)
  if (!queue) throw new ApiError('noDefaultQueue', '', { company: identity.company })
  return queue
}
