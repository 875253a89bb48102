import { isLive } from '@inferq/contracts'
import { DomainError } from '../errors.ts'
import { isReturned, isTakenOver } from '../lost-agents.ts'
import type { DetailedChanges, Ports, TaskChange } from '../ports.ts'
import type { TaskEvent } from '../task.ts'
import type { DetailedTask } from '../task-details.ts'
import { targetOf } from '../transitions.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { leaveLineOrEnd } from './leave-line.ts'
import { leaveOwn } from './leave-queue.ts'
import { changeTask, type Move, type Moved, movedBy } from './move.ts'

/** The moves by which a client says how far its work on a task is. */
export type ClientMove = 'start' | 'complete' | 'fail' | 'stop' | 'close' | 'publish'

const events: Partial<Record<ClientMove, TaskEvent['type']>> = {
  start: 'started',
  complete: 'succeeded',
  fail: 'failed',
  stop: 'stopped',
}

/**
 * A client moves a task by hand. Starting one leaves it where it stands in line, unless it is back there only because
 * its agent was given up for lost. Any other move takes the job of a native task out of its line, and a worker that runs
 * it is asked to abort. Throws TASK_TRANSITION_FORBIDDEN,
 * TASK_STATUS_UNKNOWN, TASK_HELD_BY_WORKER, TASK_MOVED_MEANWHILE.
 */
export async function moveStatus(
  ports: Ports,
  company: string,
  id: string,
  transition: ClientMove,
  move: Move,
): Promise<Moved> {
  const decide = (task: DetailedTask): TaskChange => ({
    set: {
      ...movedBy(move),
      status: targetOf(task.status, transition, move.force),
      ...alsoSets(transition, task),
    },
    ...eventOf(transition, move),
    counts: 'status',
  })
  if (transition === 'start') {
    const start = (task: DetailedTask): TaskChange => {
      refuseLate(task, move)
      // It runs after all, and nobody else is to take it.
      return { ...decide(task), ...(isReturned(task) ? leaveOwn(task) : {}) }
    }
    return (await changeTask(ports, company, id, start)) as Moved
  }
  return actOnSeen(ports, company, id, async (seen) => {
    // Before the job is touched.
    targetOf(seen.status, transition, move.force)
    const place = await leaveLineOrEnd(ports, seen, transition)
    return (await changeAsSeen(ports, seen, place, decide)) ?? lookAgain
  })
}

/** Also with force: two agents would run the task, and neither would know. */
function refuseLate(task: DetailedTask, { agent }: Move): void {
  if (!isTakenOver(task, agent)) return
  const other = task.takenBy === null ? 'another agent' : `agent ${task.takenBy}`
  const message = `agent ${agent} did not start the task in time, and ${other} has taken it since`
  throw new DomainError('TASK_HELD_BY_WORKER', message)
}

function alsoSets(transition: ClientMove, task: DetailedTask): DetailedChanges {
  switch (transition) {
    case 'start':
      return { ...(task.startedAt === null ? { startedAt: 'now' } : {}), ...(isStray(task) ? ownRun(task) : {}) }
    case 'complete':
    case 'stop':
      return { completedAt: 'now', nextAttemptAt: null }
    case 'publish':
      return { publishedAt: 'now', nextAttemptAt: null }
    case 'fail':
    case 'close':
      return { nextAttemptAt: null }
  }
}

/** A native task that is not in line. */
const isStray = ({ job, status }: DetailedTask): boolean => job !== null && !isLive(status)

/**
 * Whoever starts a native task by hand runs it: that is a run of its own, which no worker of an earlier one may end,
 * and which is never put in line.
 */
const ownRun = ({ run }: DetailedTask) => ({ run: run + 1, step: 0, queuedAt: null }) as const

function eventOf(transition: ClientMove, { reason = '' }: Move): Pick<TaskChange, 'event'> {
  const type = events[transition]
  return type ? { event: { type, ...(reason ? { reason } : {}) } } : {}
}
