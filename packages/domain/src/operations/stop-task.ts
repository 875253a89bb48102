import { isLive } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { findTask } from '../find-task.ts'
import { currentJobId, isDeliverable, refOf } from '../job-of-task.ts'
import type { Ports } from '../ports.ts'
import { stoppingMessage, type Task } from '../task.ts'
import type { DetailedTask } from '../task-details.ts'
import { nextStatus, targetOf } from '../transitions.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { developmentTag } from './enter-queue.ts'
import { leaveLine, type Place } from './leave-line.ts'
import { leaveOwn } from './leave-queue.ts'
import { type Move, type Moved, movedBy, wordsOf } from './move.ts'
import { stepsOf } from './pipeline-steps.ts'

/** An agent that has said nothing of its task for so long is not asked to stop it. */
const workerSilenceMs = 600_000

/**
 * Ends a task. One that no worker holds is stopped at once; on one that runs this is a request: the row says
 * `stopping`, the worker aborts and reports `stopped`. A task that is stopped already stays so.
 */
export async function stopTask(
  ports: Ports,
  company: string,
  id: string,
  reason = 'stopped by request',
): Promise<Task> {
  const stopped = await actOnSeen(ports, company, id, async (seen) => {
    nextStatus(seen.status, 'stop')
    if (seen.status === 'stopped') return unmoved(seen)
    return stopRun(ports, seen, { by: seen.user, reason })
  })
  return stopped.task
}

/** Stops a task that is not done yet. One that failed or has a result has nothing to cancel. */
export async function cancelTask(ports: Ports, company: string, id: string): Promise<Task> {
  const { status } = await findTask(ports, company, id)
  if (!isLive(status) && status !== 'stopped') {
    throw new DomainError('TASK_TRANSITION_FORBIDDEN', `cannot cancel a task that is ${status}`)
  }
  return stopTask(ports, company, id, 'cancelled by request')
}

export interface StopRequest extends Omit<Move, 'message'> {
  userName: string
  /** Also the unfinished steps of a controller, and these first. */
  includeSteps?: boolean
}

/**
 * A client asks for a task's end. One that an agent runs, as far as anybody knows, is asked to stop; any other is
 * stopped at once. Throws TASK_TRANSITION_FORBIDDEN, TASK_STATUS_UNKNOWN, TASK_MOVED_MEANWHILE.
 */
export async function stopByClient(ports: Ports, company: string, id: string, stop: StopRequest): Promise<Moved> {
  const move = { ...stop, message: `Stopped by ${stop.userName}` }
  return actOnSeen(ports, company, id, async (seen) => {
    if (stop.includeSteps) {
      const steps = await stepsOf(ports, seen)
      const unfinished = steps.filter(({ status }) => status === 'created' || isLive(status))
      for (const step of unfinished)
        await stopByClient(ports, company, step.id, { ...stop, force: true, includeSteps: false })
    }
    if (isLive(seen.status) && isDeliverable(seen)) return stopRun(ports, seen, move)
    if (isRunByAgent(seen)) return requestStop(ports, seen, move)
    targetOf(seen.status, 'stop', move.force)
    return stopNow(ports, seen, 'absent', move)
  })
}

/** Of a native task Redis says whether somebody runs it. */
async function stopRun(ports: Ports, seen: DetailedTask, move: Move): Promise<Moved | typeof lookAgain> {
  const place = await leaveLine(ports, seen)
  // Absent while the row says `in_progress`: the worker's last word is on its way, or the job was lost. Both end.
  const isNobodys = place === 'removed' || (place === 'absent' && seen.status !== 'in_progress')
  if (isNobodys) return stopNow(ports, seen, place, move)
  if (isDeliverable(seen)) await ports.line.requestStop(refOf(seen), currentJobId(seen))
  return requestStop(ports, seen, move)
}

async function requestStop(ports: Ports, seen: DetailedTask, move: Move): Promise<Moved | typeof lookAgain> {
  const { reason } = move
  if (isLive(seen.status) && seen.statusMessage === stoppingMessage) return unmoved(seen)
  const moved = await changeAsSeen(ports, seen, 'held', (task) => ({
    set: { ...wordsOf({ ...move, message: stoppingMessage }), status: task.status },
    event: { type: 'stopping', ...(reason ? { reason } : {}) },
    counts: 'status',
  }))
  return moved ?? lookAgain
}

async function stopNow(ports: Ports, seen: DetailedTask, place: Place, move: Move): Promise<Moved | typeof lookAgain> {
  const { reason } = move
  const moved = await changeAsSeen(ports, seen, place, (task) => ({
    set: {
      ...movedBy(move),
      status: 'stopped',
      enqueueStatus: null,
      // ClearML's clients read from it when a task said of itself that it was done.
      ...(task.job === null ? {} : { completedAt: 'now', nextAttemptAt: null, error: null }),
    },
    event: { type: 'stopped', ...(reason ? { reason } : {}) },
    counts: 'status',
    ...(task.status === 'queued' ? leaveOwn(task) : {}),
  }))
  return moved ?? lookAgain
}

/** As far as anybody knows: somebody took it, and has been heard of lately. */
const isRunByAgent = ({ job, status, systemTags, worker, updatedAt }: DetailedTask): boolean =>
  job === null &&
  status !== 'queued' &&
  !systemTags.includes(developmentTag) &&
  worker !== null &&
  Date.now() - updatedAt.getTime() < workerSilenceMs

const unmoved = (task: DetailedTask): Moved => ({ before: task, task, leftLines: 0 })
