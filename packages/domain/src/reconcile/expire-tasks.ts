import { jobIdOf } from '@inferq/contracts'
import { refOf } from '../job-of-task.ts'
import { dropFiles, partialsOf } from '../operations/keep-file.ts'
import type { Ports } from '../ports.ts'

const pageSize = 500

/** Stops queued tasks whose time to start has run out. One that a worker has just taken is let run. */
export async function expireTasks({ tasks, line, files }: Pick<Ports, 'tasks' | 'line' | 'files'>): Promise<number> {
  let expired = 0
  for (const task of await tasks.listExpired(pageSize)) {
    if ((await line.removeJob(refOf(task), jobIdOf(task.id, task.run))) === 'held') continue
    const reason = 'expired: it did not start in time'
    const stopped = await tasks.updateTask(
      task.company,
      task.id,
      { statuses: ['queued'], run: task.run },
      { status: 'stopped', statusReason: reason, completedAt: 'now' },
      { type: 'stopped', reason },
    )
    if (!stopped) continue
    await dropFiles({ files }, partialsOf(task))
    expired++
  }
  return expired
}
