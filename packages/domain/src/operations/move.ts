import { TaskId } from '@inferq/contracts'
import { taskNotFound } from '../find-task.ts'
import type { DetailedChanges, Ports, TaskChange } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'

/** Who moves a task by hand, and what they say about it. */
export interface Move {
  /** User id. */
  by: string
  reason?: string
  message?: string
  /** What the host or agent that speaks calls itself, where it says a name. */
  agent?: string
  /** Do not ask the table of transitions. */
  force?: boolean
}

/** A task before and after one change; nothing came between the two. */
export interface Moved {
  before: DetailedTask
  task: DetailedTask
  /** How many lines it stood in before. */
  leftLines: number
}

export const wordsOf = ({ by, reason = '', message = '' }: Move) =>
  ({ statusReason: reason, statusMessage: message, changedBy: by }) as const satisfies DetailedChanges

/** What every move by hand sets. An agent that took the task and did not start it holds it no more. */
export const movedBy = (move: Move) => ({ ...wordsOf(move), leaseUntil: null }) as const satisfies DetailedChanges

/** Row and agents' line in one transaction. Null: `decide` left the task as it is. Throws TASK_NOT_FOUND. */
export async function changeTask(
  { tasks, projects }: Pick<Ports, 'tasks' | 'projects'>,
  company: string,
  id: string,
  decide: (task: DetailedTask) => TaskChange | null,
): Promise<Moved | null> {
  if (!TaskId.safeParse(id).success) throw taskNotFound(id)
  const decided: { change: TaskChange | null } = { change: null }
  const changed = await tasks.changeTask(company, id, (task) => {
    decided.change = decide(task)
    return decided.change
  })
  if (!changed) throw taskNotFound(id)
  if (!decided.change) return null
  const { counts } = decided.change
  const { before, after, leftQueues } = changed
  if (after.project !== null && counts !== 'nothing') await projects.touchProject(after.project)
  return { before, task: after, leftLines: leftQueues }
}
