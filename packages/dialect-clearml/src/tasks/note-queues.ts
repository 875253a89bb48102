import type { Call } from '../call.ts'
import { noteEntries } from '../queues/note-entries.ts'

/** Keeps the figures of queues that tasks have just entered or left; null is no queue. */
export async function noteQueues(call: Call, ids: readonly (string | null)[]): Promise<void> {
  const known = [...new Set(ids)].filter((id) => id !== null)
  if (known.length === 0) return
  await noteEntries(call, await call.services.queues.findQueuesById(call.identity.company, known))
}
