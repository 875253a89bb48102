import { DomainError } from '../errors.ts'
import type { Ports, QueueRecord } from '../ports.ts'

/**
 * Pauses or resumes a queue: workers finish what they hold and take nothing more. The record keeps it too, so that a
 * paused queue is still paused after Redis was lost.
 */
export async function pauseQueue(ports: Ports, company: string, name: string, paused: boolean): Promise<QueueRecord> {
  const queue = await ports.queues.setPaused(company, name, paused)
  if (!queue) throw queueNotFound(name)
  await ports.line.setPaused({ company, queue: name }, paused)
  return queue
}

export const queueNotFound = (name: string) =>
  new DomainError('QUEUE_NOT_FOUND', `there is no queue named "${name.slice(0, 100)}"`)
