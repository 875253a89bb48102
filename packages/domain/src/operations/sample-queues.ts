import type { Ports, QueueRecord, QueueSample } from '../ports.ts'
import { countQueueEntries, queueEntries } from './queue-entries.ts'

/** The mean wait is that of so many entries at the front of each line; reading more would cost more than it tells. */
const measuredEntries = 200

/** How long each of these queues is now, and how long its entries have waited. */
export async function sampleQueues(
  ports: Pick<Ports, 'agentsLine' | 'line'>,
  queues: readonly QueueRecord[],
): Promise<readonly QueueSample[]> {
  const [entries, counts] = await Promise.all([
    queueEntries(ports, queues, measuredEntries),
    countQueueEntries(ports, queues),
  ])
  const at = new Date()
  return queues.map(({ id }) => {
    const waits = (entries.get(id) ?? []).map(({ addedAt }) => Math.max(0, at.getTime() - addedAt.getTime()) / 1_000)
    const total = waits.reduce((sum, wait) => sum + wait, 0)
    return {
      queueId: id,
      at,
      averageWaitSeconds: waits.length > 0 ? total / waits.length : 0,
      entries: counts.get(id) ?? 0,
    }
  })
}
