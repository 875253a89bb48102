import { isLive } from '@inferq/contracts'
import { DomainError, failureText, type Task, verdictOf } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** Clients give up after ten minutes, and would not learn what an answer just then says. */
const longestMs = 590_000

/**
 * The task once it has succeeded. One that nobody waits for any more is cancelled. Throws 400 for what is wrong with what
 * was sent, and 500 for all else.
 */
export async function waitForEnd(call: Call, { id }: Task, gone: AbortSignal): Promise<Task> {
  const { services, caller } = call
  const task = await services.untilEnded(caller.company, id, longestMs, gone).catch((error) => {
    // Somebody has deleted it.
    throw error instanceof DomainError && error.kind === 'not_found' ? fault(error.message) : error
  })
  if (isLive(task.status)) {
    // It may have ended by now, or Redis may be away: either way this answer is the same.
    await services.stop(caller.company, id).catch(() => {})
    // Nobody reads it, and it is no fault of this server.
    if (gone.aborted) throw new ApiError('parameter_invalid', 'the client went away')
    throw fault('the embedding was not there in time; create a task for it instead')
  }
  if (verdictOf(task) !== 'success') throw refusalOf(task)
  return task
}

function refusalOf(task: Task): ApiError {
  const message = failureText(task)
  const code = task.status === 'failed' ? (task.error?.code ?? '') : ''
  const isOfTheRequest = code.startsWith('INPUT_') || code === 'MODEL_UNKNOWN'
  return isOfTheRequest ? new ApiError('parameter_invalid', message) : fault(message)
}

const fault = (message: string) => new ApiError('internal_server_error', message)
