import { isLive, parseJobId } from '@inferq/contracts'
import { currentJobId, isDeliverable, jobOfTask } from '../job-of-task.ts'
import type { Ports, QueueChanges, QueueRecord } from '../ports.ts'
import { findQueueById, lineRefOf, queueIdNotFound } from './queue-entries.ts'

const pageSize = 500

/**
 * Changes a queue. The native line goes by the queue's name, so when that changes, what waits in the line follows, in
 * its order; what a worker holds is finished where it is. Throws QUEUE_NOT_FOUND, NAME_TAKEN.
 */
export async function changeQueue(
  ports: Ports,
  company: string,
  queueId: string,
  changes: QueueChanges | ((queue: QueueRecord) => QueueChanges),
): Promise<QueueRecord> {
  const before = await findQueueById(ports, company, queueId)
  const after = await ports.queues.changeQueue(company, queueId, changes)
  if (!after) throw queueIdNotFound(queueId)
  if (after.name !== before.name) {
    // The record is the queue: jobs that could not follow now are made anew by the reconciler.
    await followName(ports, before, after).catch((cause) => ports.onDeferred('jobs not moved to the new name', cause))
  }
  return after
}

async function followName(ports: Ports, before: QueueRecord, after: QueueRecord): Promise<void> {
  const { line } = ports
  if (before.paused) {
    await line.setPaused(lineRefOf(after), true)
    await line.setPaused(lineRefOf(before), false)
  }
  // All ids first: a queue made under the old name meanwhile has the same line, and its jobs stay.
  const jobIds = await listJobIds(ports, before)
  for (let start = 0; start < jobIds.length; start += pageSize) {
    await moveJobs(ports, before, after, jobIds.slice(start, start + pageSize))
  }
}

async function listJobIds({ line }: Ports, queue: QueueRecord): Promise<string[]> {
  const jobIds: string[] = []
  for (let offset = 0; ; offset += pageSize) {
    const page = await line.scanJobIds(lineRefOf(queue), offset, pageSize)
    jobIds.push(...page)
    if (page.length < pageSize) return jobIds
  }
}

async function moveJobs(ports: Ports, before: QueueRecord, after: QueueRecord, jobIds: readonly string[]) {
  const taskIds = jobIds.flatMap((jobId) => parseJobId(jobId)?.taskId ?? [])
  const known = new Set(jobIds)
  const moving = (await ports.tasks.findDetailed(after.company, taskIds, 'own')).filter(
    (task) => task.queueId === after.id && isLive(task.status) && known.has(currentJobId(task)),
  )
  const places = await Promise.all(moving.map((task) => ports.line.removeJob(lineRefOf(before), currentJobId(task))))
  // By the new name whatever the row was read as: that is where it is now.
  const jobs = moving.flatMap((task, index) =>
    places[index] === 'removed' && isDeliverable(task) ? [{ ...jobOfTask(task), ref: lineRefOf(after) }] : [],
  )
  await ports.line.addJobs(jobs)
}
