import type { DetailedTask } from './task-details.ts'

/** Who changed a task when nobody asked for it. */
export const serverUser = '__apiserver__'

/** As clients know this reason. */
export const silentReason = 'Forced stop (non-responsive)'

/**
 * Why a task was stopped that fell silent. The word `worker` must not be ours: the SDK goes on with a task that was ended
 * under it when the message has it, and a program that was only cut off would then run on.
 */
export function silentMessage({ worker, updatedAt }: Pick<DetailedTask, 'worker' | 'updatedAt'>): string {
  const since = updatedAt.toISOString()
  return worker === null
    ? `${silentReason}: nothing has been heard of the task since ${since}, nor who runs it. The machine that ran it or its connection was lost; nobody has said that the task's own code failed.`
    : `${silentReason}: agent ${worker} was lost. It has given no sign of life since ${since}, so its machine or its connection was lost; nobody has said that the task's own code failed.`
}

/** Why a task is in line again that an agent had taken. */
export const returnedMessage = ({ takenBy }: Pick<DetailedTask, 'takenBy'>): string =>
  `${takenBy === null ? 'The agent that took the task' : `Agent ${takenBy} took the task and`} was lost before it started it; the task is at the front of its queue again.`

/**
 * Whether this agent was given up for lost before it started the task, and another one has taken it since: what it says
 * now comes too late. Of agents that say no name, or the same, nobody can tell.
 */
export function isTakenOver(
  { events, takenBy }: Pick<DetailedTask, 'events' | 'takenBy'>,
  agent: string | undefined,
): boolean {
  if (agent === undefined || takenBy === agent) return false
  const begin = events.findLastIndex(({ type }) => type === 'queued' || type === 'reset')
  return events.slice(begin + 1).some(({ type, worker }) => type === 'redelivered' && worker === agent)
}

/** In line only because whoever took it was given up for lost. */
export const isReturned = ({ job, status, events }: Pick<DetailedTask, 'job' | 'status' | 'events'>): boolean =>
  job === null && status === 'queued' && events.at(-1)?.type === 'redelivered'
