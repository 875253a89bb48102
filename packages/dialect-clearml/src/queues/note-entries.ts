import type { QueueRecord } from '@inferq/domain'
import type { Call } from '../call.ts'

/** Keeps the figures of queues whose entries have just changed, or are asked for anew. */
export async function noteEntries({ services }: Pick<Call, 'services'>, queues: readonly QueueRecord[]): Promise<void> {
  try {
    await services.samples.addQueueSamples(await services.operations.sampleQueues(queues))
  } catch {
    // The change itself is done, and the next sample comes within the minute.
  }
}
