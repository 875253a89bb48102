import type { QueueRecord } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** Throws 400/701 for a queue that is unknown or another company's. */
export async function requireQueue({ services, identity }: Call, id: string): Promise<QueueRecord> {
  const [queue] = await requireQueues({ services, identity }, [id])
  return queue as QueueRecord
}

/** All of them, or 400/701 that names the missing. */
export async function requireQueues(
  { services, identity: { company } }: Pick<Call, 'services' | 'identity'>,
  ids: readonly string[],
): Promise<readonly QueueRecord[]> {
  const found = await services.queues.findQueuesById(company, ids)
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length > 0) throw new ApiError('invalidQueueId', '', { id: missing.join(' '), company })
  return found
}
