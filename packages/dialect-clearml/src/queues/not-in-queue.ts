import { ApiError } from '../errors/api-error.ts'

/** Also of a task that a worker has taken: it waits no more. */
export const notInQueue = (queue: string, task: string) =>
  new ApiError('invalidQueueOrTaskNotQueued', '', { queue, task })
