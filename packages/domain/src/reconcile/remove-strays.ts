import { jobIdOf, liveStatuses, parseJobId, partialsKeyOf } from '@inferq/contracts'
import { dropFiles } from '../operations/keep-file.ts'
import type { Ports } from '../ports.ts'

const pageSize = 1_000

/**
 * Removes waiting jobs whose row has moved on: stopped, deleted or enqueued anew while another api instance was still
 * adding them. Running them would be work for nobody.
 */
export async function removeStrays({
  tasks,
  queues,
  line,
  files,
}: Pick<Ports, 'tasks' | 'queues' | 'line' | 'files'>): Promise<number> {
  let removed = 0
  for (const { company, name } of await queues.listAllQueues()) {
    const ref = { company, queue: name }
    for (let offset = 0; ; ) {
      const ids = await line.scanJobIds(ref, offset, pageSize)
      const runs = ids.map(parseJobId).filter((run) => run !== null)
      const live = runs.length > 0 ? await tasks.filterRuns(runs, liveStatuses) : new Set<string>()
      const strays = runs.filter(({ taskId, run }) => !live.has(jobIdOf(taskId, run)))
      const outcomes = await Promise.all(strays.map(({ taskId, run }) => line.removeJob(ref, jobIdOf(taskId, run))))
      const gone = strays.filter((_, index) => outcomes[index] === 'removed')
      // Which job it was nobody knows any more.
      await dropFiles(
        { files },
        gone.map(({ taskId, run }) => partialsKeyOf(taskId, run)),
      )
      removed += gone.length
      if (ids.length < pageSize) break
      offset += ids.length - gone.length
    }
  }
  return removed
}
