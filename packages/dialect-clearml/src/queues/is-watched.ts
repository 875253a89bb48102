import type { QueueRecord } from '@inferq/domain'
import type { ClearmlServices } from '../services.ts'

/** Whether at least one live worker takes tasks from the queue: a registered agent, or a native worker. */
export async function isWatched(
  { agents, line }: Pick<ClearmlServices, 'agents' | 'line'>,
  company: string,
  queue: Pick<QueueRecord, 'id' | 'name'>,
): Promise<boolean> {
  const [registered, native] = await Promise.all([agents.list(company), line.watchers(company)])
  return (
    registered.some(({ queues }) => queues.includes(queue.id)) ||
    native.some(({ queues }) => queues.includes(queue.name))
  )
}
