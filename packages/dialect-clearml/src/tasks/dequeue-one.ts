import { TaskStatus } from '@inferq/contracts'
import type { z } from 'zod'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'
import { flag, type object, optional } from '../transport/fields.ts'
import { noteQueues } from './note-queues.ts'
import { onOwnTask } from './on-own-task.ts'
import { statusAnswer } from './status-answer.ts'
import { moveOf, spoken } from './status-request.ts'

export const leaving = { ...spoken, remove_from_all_queues: flag, new_status: optional(TaskStatus) }
type Leaving = z.output<ReturnType<typeof object<typeof leaving>>>

const nothingChanged = { updated: 0, fields: {} }

/** Takes a task out of line; an id that no task has may stand in one too. */
export async function dequeueOne(
  call: Call,
  id: string,
  { remove_from_all_queues, new_status, ...request }: Leaving,
): Promise<{ updated: number; fields: object }> {
  const { company } = call.identity
  const { operations } = call.services
  const leave = {
    ...moveOf(call, request),
    fromAllQueues: remove_from_all_queues,
    ...(new_status === undefined ? {} : { newStatus: new_status }),
  }
  try {
    const moved = await onOwnTask(call, id, () => operations.leaveQueue(company, id, leave))
    if (!moved) return nothingChanged
    await noteQueues(call, [moved.before.queueId])
    return statusAnswer(moved, { enqueue_status: null })
  } catch (error) {
    if (!(error instanceof ApiError) || error.error !== 'invalidTaskId') throw error
    await operations.leaveAgentsLines(company, id)
    return nothingChanged
  }
}
