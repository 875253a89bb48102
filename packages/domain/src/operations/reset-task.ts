import { findTask, movedMeanwhile } from '../find-task.ts'
import type { Ports } from '../ports.ts'
import type { Task } from '../task.ts'
import { nextStatus } from '../transitions.ts'
import { heldByWorker, leaveLine } from './leave-line.ts'
import { withoutOutcome } from './without-outcome.ts'

/** Brings a task back to `created`, without what it produced. Throws TASK_HELD_BY_WORKER while a worker runs it. */
export async function resetTask(ports: Ports, company: string, id: string): Promise<Task> {
  const task = await findTask(ports, company, id)
  const status = nextStatus(task.status, 'reset')
  const live = task.status === 'queued' || task.status === 'in_progress'
  if (live && (await leaveLine(ports, task)) === 'held') throw heldByWorker('reset')
  const reset = await ports.tasks.updateTask(
    company,
    id,
    { statuses: [task.status], run: task.run },
    {
      status,
      statusReason: 'reset',
      statusMessage: 'reset',
      enqueueStatus: null,
      ...withoutOutcome,
    },
    { type: 'reset' },
  )
  if (!reset) throw movedMeanwhile()
  if (task.resultKey) await ports.files.delete(task.resultKey)
  return reset
}
