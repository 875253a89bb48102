import { DomainError } from '../errors.ts'
import { isDeliverable, jobOfTask } from '../job-of-task.ts'
import type { DetailedChanges, Ports, QueueRecord } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { targetOf } from '../transitions.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { checkStoredInput } from './check-stored-input.ts'
import { dropFiles } from './keep-file.ts'
import { leaveLineOrRefuse } from './leave-line.ts'
import { changeTask, type Move, type Moved, movedBy } from './move.ts'
import { queueFull, roomIn } from './queue-room.ts'
import { withoutOutcome } from './without-outcome.ts'

export interface Entry extends Move {
  queueId: string
  /** False: the queue that the task names as its own stays; only for a task that agents pull. */
  updateExecutionQueue?: boolean
}

/** On a task that somebody runs from their own machine; one that is in line is that no more. */
export const developmentTag = 'development'

/**
 * Puts a task on a queue and off every other one, in the line of those who can run it, and begins its next run. Throws
 * TASK_TRANSITION_FORBIDDEN, TASK_STATUS_UNKNOWN, QUEUE_NOT_FOUND, TASK_ALREADY_QUEUED, TASK_HELD_BY_WORKER, QUEUE_FULL,
 * TASK_MOVED_MEANWHILE, REQUEST_INVALID; and of a job JOB_UNKNOWN, INPUT_INVALID, MODEL_UNKNOWN.
 */
export function enterQueue(ports: Ports, company: string, id: string, entry: Entry): Promise<Moved> {
  return actOnSeen(ports, company, id, async (seen) => {
    if (entry.updateExecutionQueue === false) refuseWithoutOwnQueue(seen)
    targetOf(seen.status, 'enqueue', entry.force)
    const [queue] = await ports.queues.findQueuesById(company, [entry.queueId])
    if (!queue) throw new DomainError('QUEUE_NOT_FOUND', `there is no queue with id "${entry.queueId.slice(0, 64)}"`)
    if (seen.job === null) return (await enterAgentsLine(ports, seen, queue, entry)) ?? lookAgain
    return enterNativeLine(ports, { ...seen, job: seen.job }, queue, entry)
  })
}

async function enterAgentsLine(ports: Ports, seen: DetailedTask, queue: QueueRecord, entry: Entry) {
  const { queueCapacity } = ports.limits
  if ((await ports.agentsLine.countEntries(queue.id)) >= queueCapacity) throw queueFull(queue.name, queueCapacity)
  return changeTask(ports, seen.company, seen.id, (task) => {
    if (task.job !== null) return null
    if (entry.updateExecutionQueue === false) refuseWithoutOwnQueue(task)
    return {
      set: {
        ...queued(task, entry),
        ...(entry.updateExecutionQueue === false ? {} : { queueId: queue.id }),
      },
      event: { type: 'queued' },
      counts: 'status',
      leaveQueues: { except: queue.id },
      enterQueue: queue.id,
    }
  })
}

async function enterNativeLine(
  ports: Ports,
  seen: DetailedTask & { job: string },
  queue: QueueRecord,
  entry: Entry,
): Promise<Moved | typeof lookAgain> {
  if (seen.status === 'queued' && seen.queueId === queue.id && !seen.withdrawn) throw alreadyQueued(queue.name)
  const ref = { company: seen.company, queue: queue.name }
  const full = (await roomIn(ports, [ref])).take(ref)
  if (full) throw full
  const input = await checkStoredInput(ports, seen)
  const moved = await moveToNativeLine(ports, seen, { ...input, queueId: queue.id }, entry).catch(async (error) => {
    // After a fault nobody knows whether the row was written, and it may name the file.
    if (error instanceof DomainError && error.kind === 'conflict') await dropFiles(ports, [input.inputKey], seen)
    throw error
  })
  const now = moved === lookAgain ? seen : moved.task
  await dropFiles(ports, [input.inputKey, seen.inputKey, seen.resultKey], now)
  if (moved !== lookAgain && isDeliverable(moved.task)) {
    await ports.line.addJobs([jobOfTask(moved.task)]).catch((cause) => ports.onDeferred('job not added', cause))
  }
  return moved
}

async function moveToNativeLine(
  ports: Ports,
  seen: DetailedTask,
  changed: Pick<DetailedChanges, 'input' | 'inputKey' | 'queueId'>,
  entry: Entry,
): Promise<Moved | typeof lookAgain> {
  const place = await leaveLineOrRefuse(ports, seen, 'enqueue')
  const moved = await changeAsSeen(ports, seen, place, (task) => ({
    set: { ...queued(task, entry), ...withoutOutcome, ...changed },
    event: { type: 'queued' },
    counts: 'status',
    leaveQueues: 'all',
  }))
  return moved ?? lookAgain
}

function queued(task: DetailedTask, entry: Entry) {
  return {
    ...movedBy(entry),
    status: targetOf(task.status, 'enqueue', entry.force),
    enqueueStatus: task.status === 'queued' && task.enqueueStatus ? task.enqueueStatus : task.status,
    withdrawn: false,
    run: task.run + 1,
    step: 0,
    queuedAt: 'now',
    systemTags: task.systemTags.filter((tag) => tag !== developmentTag),
  } as const satisfies DetailedChanges
}

function refuseWithoutOwnQueue({ status, queueId, job }: DetailedTask): void {
  const problem =
    job !== null
      ? 'only a task that agents pull can be in another line than that of its own queue'
      : status !== 'queued' || queueId === null
        ? 'the queue of a task that is not queued cannot be left as it is'
        : null
  if (problem) {
    throw new DomainError('REQUEST_INVALID', problem, { issues: [{ field: 'update_execution_queue', problem }] })
  }
}

const alreadyQueued = (queue: string) =>
  new DomainError('TASK_ALREADY_QUEUED', `the task is in queue "${queue}" already`)
