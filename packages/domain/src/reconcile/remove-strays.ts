import { jobIdOf, liveStatuses, parseJobId } from '@inferq/contracts'
import type { Ports } from '../ports.ts'

const pageSize = 1_000

/**
 * Removes waiting jobs whose row has moved on: stopped, deleted or enqueued anew while another api instance was still
 * adding them. Running them would be work for nobody.
 */
export async function removeStrays({ tasks, queues, line }: Pick<Ports, 'tasks' | 'queues' | 'line'>): Promise<number> {
  let removed = 0
  for (const { company, name } of await queues.listAllQueues()) {
    const ref = { company, queue: name }
    for (let offset = 0; ; ) {
      const ids = await line.scanJobIds(ref, offset, pageSize)
      const runs = ids.map(parseJobId).filter((run) => run !== null)
      const live = runs.length > 0 ? await tasks.filterRuns(runs, liveStatuses) : new Set<string>()
      const strays = runs.map(({ taskId, run }) => jobIdOf(taskId, run)).filter((jobId) => !live.has(jobId))
      const outcomes = await Promise.all(strays.map((jobId) => line.removeJob(ref, jobId)))
      const gone = outcomes.filter((outcome) => outcome === 'removed').length
      removed += gone
      if (ids.length < pageSize) break
      offset += ids.length - gone
    }
  }
  return removed
}
