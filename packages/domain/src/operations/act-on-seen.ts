import { isLive } from '@inferq/contracts'
import { findDetailedTask, movedMeanwhile } from '../find-task.ts'
import { isDeliverable, jobOfTask } from '../job-of-task.ts'
import type { Ports, TaskChange } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { dropFiles, partialsOf } from './keep-file.ts'
import { letGo, type Place } from './leave-line.ts'
import { changeTask, type Moved } from './move.ts'

/** How often an operation looks again when the task moves under its hands: queued, taken, back for a retry, ... */
const maxLooks = 3

export const lookAgain = Symbol('the task is not as it was seen')

/**
 * Looks at a task and acts on what it saw, as long as that is what there is. Between the look and the write Redis may
 * have to be asked about the task's job, which no row lock can wait for. Throws TASK_NOT_FOUND, TASK_MOVED_MEANWHILE.
 */
export async function actOnSeen<Answer>(
  ports: Ports,
  company: string,
  id: string,
  act: (seen: DetailedTask) => Promise<Answer | typeof lookAgain>,
): Promise<Answer> {
  for (let look = 1; look <= maxLooks; look++) {
    const answer = await act(await findDetailedTask(ports, company, id))
    if (answer !== lookAgain) return answer
  }
  throw movedMeanwhile()
}

/**
 * Changes a task that is still as it was seen. `place` says what became of its job. One that was removed for a change
 * that then did not happen goes back in line; one that a worker holds of a run that has been ended is aborted.
 */
export async function changeAsSeen(
  ports: Ports,
  seen: DetailedTask,
  place: Place,
  decide: (task: DetailedTask) => TaskChange | null,
): Promise<Moved | null | typeof lookAgain> {
  let now = seen
  let moved: Moved | null = null
  try {
    moved = await changeTask(ports, seen.company, seen.id, (task) => {
      now = task
      return isAsSeen(task, seen) ? decide(task) : null
    })
  } finally {
    if (!moved && place === 'removed') await putBack(ports, now)
  }
  if (moved && place === 'held' && !isLive(moved.task.status)) await letGo(ports, seen)
  if (moved && hasEnded(moved)) await dropFiles(ports, partialsOf(moved.before))
  return moved || isAsSeen(now, seen) ? moved : lookAgain
}

/** Whether nothing has changed that decides about the task's job. */
const isAsSeen = (task: DetailedTask, seen: DetailedTask): boolean =>
  task.status === seen.status &&
  task.run === seen.run &&
  task.job === seen.job &&
  task.queueId === seen.queueId &&
  task.input === seen.input &&
  task.inputKey === seen.inputKey

/** Whether nobody goes on with the run in which the task was. */
const hasEnded = ({ before, task }: Moved): boolean =>
  isLive(before.status) && (!isLive(task.status) || task.run !== before.run || (task.withdrawn && !before.withdrawn))

async function putBack(ports: Ports, task: DetailedTask): Promise<void> {
  if (!isLive(task.status) || task.withdrawn || !isDeliverable(task)) return
  await ports.line.addJobs([jobOfTask(task)]).catch((cause) => ports.onDeferred('job not put back', cause))
}
