import type { LineMove, Ports, QueueChanges, QueueRecord } from '../ports.ts'
import { changeQueue } from './change-queue.ts'
import { clearQueue, deleteQueue } from './clear-queue.ts'
import { pauseQueue } from './pause-queue.ts'
import { countQueueEntries, queueEntries } from './queue-entries.ts'
import { addToQueue, moveInQueue, removeFromQueue } from './queue-line.ts'
import { sampleQueues } from './sample-queues.ts'

/** What can be done with a queue and with the places in it, over both of its lines. */
export const queueOperations = (ports: Ports) => ({
  setQueuePaused: (company: string, name: string, paused: boolean) => pauseQueue(ports, company, name, paused),
  changeQueue: (company: string, queueId: string, changes: QueueChanges | ((queue: QueueRecord) => QueueChanges)) =>
    changeQueue(ports, company, queueId, changes),
  clearQueue: (company: string, queueId: string, options: Parameters<typeof clearQueue>[3]) =>
    clearQueue(ports, company, queueId, options),
  deleteQueue: (company: string, queueId: string, options: Parameters<typeof deleteQueue>[3]) =>
    deleteQueue(ports, company, queueId, options),
  addToQueue: (company: string, id: string, options: Parameters<typeof addToQueue>[3]) =>
    addToQueue(ports, company, id, options),
  removeFromQueue: (company: string, id: string, options: Parameters<typeof removeFromQueue>[3]) =>
    removeFromQueue(ports, company, id, options),
  moveInQueue: (company: string, id: string, options: { queueId: string; to: LineMove }) =>
    moveInQueue(ports, company, id, options),
  queueEntries: (queues: readonly QueueRecord[], limit?: number) => queueEntries(ports, queues, limit),
  countQueueEntries: (queues: readonly QueueRecord[]) => countQueueEntries(ports, queues),
  sampleQueues: (queues: readonly QueueRecord[]) => sampleQueues(ports, queues),
})
