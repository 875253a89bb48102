import type { QueueRecord } from '@inferq/domain'
import type { Call } from '../call.ts'
import { checkedQueueName } from '../queues/queue-fields.ts'
import { requireDefaultQueue } from '../queues/require-default-queue.ts'
import { requireQueue } from '../queues/require-queue.ts'

/** The queue of that id; or of that name, made now if there was none; or the default one. */
export async function targetQueue(
  call: Call,
  { queue, queue_name }: { queue?: string | undefined; queue_name?: string | undefined },
): Promise<QueueRecord> {
  if (queue) return requireQueue(call, queue)
  if (!queue_name) return requireDefaultQueue(call)
  return call.services.queues.ensureQueue(call.identity.company, checkedQueueName(queue_name))
}
