import type { QueueSample } from '@inferq/domain'
import { timeRange, timeRangeFields } from '../document/time-range.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, list, object, optional, text } from '../transport/fields.ts'
import { noteEntries } from './note-entries.ts'
import { requireQueues } from './require-queue.ts'

/** So that a range that begins between two samples begins with a value. */
const startsEarlierSeconds = 3_600

/** Length and waiting time of queues over time; without `queue_ids` of the queue that was worst, as `total`. */
export const queuesGetQueueMetrics = defineEndpoint('queues.get_queue_metrics', {
  since: '2.4',
  request: object({ ...timeRangeFields, queue_ids: optional(list(text)), refresh: defaulted(flag, false) }),
  async handle(call, { queue_ids = [], refresh, ...range }) {
    const { services, identity } = call
    const { from, ...rest } = timeRange(range)
    const queues =
      queue_ids.length > 0
        ? await requireQueues(call, [...new Set(queue_ids)])
        : await services.queues.listQueues(identity.company)
    if (refresh) await noteEntries(call, queues)
    const earlier = { from: new Date(from.getTime() - startsEarlierSeconds * 1_000), ...rest }
    const samples = await services.samples.readQueueSamples(
      queues.map(({ id }) => id),
      earlier,
    )
    if (queue_ids.length === 0) return { queues: [metricsOf('total', worstOf(samples))] }
    const byQueue = Map.groupBy(samples, ({ queueId }) => queueId)
    return { queues: queues.map(({ id }) => metricsOf(id, byQueue.get(id) ?? [])) }
  },
})

/** Of all queues, in each bucket the sample with the longest wait. */
function worstOf(samples: readonly QueueSample[]): readonly QueueSample[] {
  const worst = new Map<number, QueueSample>()
  for (const sample of samples) {
    const known = worst.get(sample.at.getTime())
    if (!known || isWorse(sample, known)) worst.set(sample.at.getTime(), sample)
  }
  return [...worst.values()]
}

const isWorse = (one: QueueSample, other: QueueSample) =>
  one.averageWaitSeconds > other.averageWaitSeconds ||
  (one.averageWaitSeconds === other.averageWaitSeconds && one.entries > other.entries)

function metricsOf(queue: string, samples: readonly QueueSample[]) {
  const ordered = samples.toSorted((one, other) => one.at.getTime() - other.at.getTime())
  return {
    queue,
    dates: ordered.map(({ at }) => at.getTime()),
    avg_waiting_times: ordered.map(({ averageWaitSeconds }) => averageWaitSeconds),
    queue_lengths: ordered.map(({ entries }) => entries),
  }
}
