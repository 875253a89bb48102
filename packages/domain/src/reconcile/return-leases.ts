import { returnedMessage, serverUser } from '../lost-agents.ts'
import type { Ports, TaskChange } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'

const pageSize = 500

/**
 * Puts back at the front of their queues the tasks that an agent took and did not start in time, so that none is lost
 * between the two. Answers how many.
 */
export async function returnLeases({ tasks, agentsLine }: Pick<Ports, 'tasks' | 'agentsLine'>): Promise<number> {
  let returned = 0
  // The first to be taken goes back last, and so in front of the others, as it stood before.
  const overdue = (await tasks.listOverdueLeases(pageSize)).toReversed()
  for (const task of overdue) {
    if (await agentsLine.returnToLine(task.company, task.id, returnOf(task))) returned++
  }
  return returned
}

function returnOf(task: DetailedTask): Pick<TaskChange, 'set' | 'event'> {
  const message = returnedMessage(task)
  const { takenBy } = task
  return {
    set: { statusMessage: message, changedBy: serverUser },
    event: { type: 'redelivered', reason: message, ...(takenBy === null ? {} : { worker: takenBy }) },
  }
}
