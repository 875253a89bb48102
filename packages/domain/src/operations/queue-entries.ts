import { parseJobId, type TaskId } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import type { Ports, QueueRecord, QueueRef } from '../ports.ts'

/**
 * A queue has two lines: of the tasks that agents pull, and of the jobs of native workers. Here they are one: the
 * agents' line first, then the native one, each in its order.
 */
export interface QueueEntry {
  taskId: TaskId
  addedAt: Date
}

type Lines = Pick<Ports, 'agentsLine' | 'line'>

export const lineRefOf = ({ company, name }: Pick<QueueRecord, 'company' | 'name'>): QueueRef => ({
  company,
  queue: name,
})

/** Throws QUEUE_NOT_FOUND. */
export async function findQueueById({ queues }: Pick<Ports, 'queues'>, company: string, id: string) {
  const [queue] = await queues.findQueuesById(company, [id])
  if (!queue) throw queueIdNotFound(id)
  return queue
}

export const queueIdNotFound = (id: string) =>
  new DomainError('QUEUE_NOT_FOUND', `there is no queue with id "${id.slice(0, 64)}"`)

/** By queue id; at most `limit` of each queue. */
export async function queueEntries(
  { agentsLine, line }: Lines,
  queues: readonly QueueRecord[],
  limit?: number,
): Promise<ReadonlyMap<string, readonly QueueEntry[]>> {
  const ids = queues.map(({ id }) => id)
  const ofAgents = Map.groupBy(ids.length > 0 ? await agentsLine.entries(ids, limit) : [], ({ queueId }) => queueId)
  const both = queues.map(async (queue): Promise<[string, QueueEntry[]]> => {
    const first = (ofAgents.get(queue.id) ?? []).map(({ taskId, addedAt }) => ({ taskId, addedAt }))
    const left = limit === undefined ? undefined : limit - first.length
    const jobs = left === 0 ? [] : await line.lineEntries(lineRefOf(queue), left)
    const native = jobs.flatMap(({ jobId, addedAt }) => {
      const run = parseJobId(jobId)
      return run ? [{ taskId: run.taskId, addedAt }] : []
    })
    return [queue.id, [...first, ...native]]
  })
  return new Map(await Promise.all(both))
}

/** How many wait in both lines, by queue id. */
export async function countQueueEntries(
  { agentsLine, line }: Lines,
  queues: readonly QueueRecord[],
): Promise<ReadonlyMap<string, number>> {
  const [agents, native] = await Promise.all([
    Promise.all(queues.map(({ id }) => agentsLine.countEntries(id))),
    line.counts(queues.map(lineRefOf)),
  ])
  return new Map(queues.map(({ id }, index) => [id, (agents[index] ?? 0) + (native[index]?.waiting ?? 0)]))
}
