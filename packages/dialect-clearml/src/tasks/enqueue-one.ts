import { type DetailedTask, type QueueRecord, targetOf } from '@inferq/domain'
import { z } from 'zod'
import type { Call } from '../call.ts'
import { checkReferences } from '../document/check-fields.ts'
import { requireOwnTask } from '../document/own-tasks.ts'
import { modelsOf } from '../document/parts/models.ts'
import { scriptOf } from '../document/parts/script.ts'
import { ApiError } from '../errors/api-error.ts'
import { flag, optional, text } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { statusAnswer } from './status-answer.ts'
import { moveOf, spoken } from './status-request.ts'
import { targetQueue } from './target-queue.ts'

export const entering = {
  ...spoken,
  queue: optional(text),
  queue_name: optional(text),
  verify_watched_queue: flag,
}
const whole = z.object(entering)

export interface Entering extends Omit<z.output<typeof whole>, 'verify_watched_queue'> {
  force?: boolean
  /** Hold what the task names against what there is. */
  validate?: boolean
  updateExecutionQueue?: boolean
}

/** Puts a task on a queue. Nothing, not even the queue, is made for a task that is refused. */
export async function enqueueOne(
  call: Call,
  id: string,
  { validate, updateExecutionQueue = true, ...request }: Entering,
): Promise<{ queue: QueueRecord; answer: ReturnType<typeof statusAnswer> }> {
  const task = await requireOwnTask(call, id)
  targetOf(task.status, 'enqueue', request.force)
  if (call.services.settings.strictEnqueue) refuseUnfinished(task)
  if (validate) await checkTask(call, task)
  const queue = await targetQueue(call, request)
  const entry = { ...moveOf(call, request), queueId: queue.id, updateExecutionQueue }
  const moved = await onOwnTask(call, id, () => call.services.operations.enterQueue(call.identity.company, id, entry))
  const answer = statusAnswer(moved, {
    enqueue_status: moved.task.enqueueStatus,
    ...(updateExecutionQueue ? { 'execution.queue': queue.id } : {}),
  })
  return { queue, answer }
}

export function refuseTwoQueues({
  queue,
  queue_name,
}: {
  queue?: string | undefined
  queue_name?: string | undefined
}) {
  if (queue && queue_name) throw new ApiError('validation', "expected either 'queue' or 'queue_name', not both")
}

/** What the reference page asks of a task. */
function refuseUnfinished(task: DetailedTask): void {
  if (task.status !== 'created') {
    throw new ApiError('invalidTaskStatus', 'expected created', { id: task.id, status: task.status })
  }
  const script = scriptOf(task)
  for (const field of ['repository', 'entry_point'] as const) {
    if (script[field]) continue
    throw new ApiError('validation', `error for field 'script.${field}'. expected text that is not empty`, {
      id: task.id,
    })
  }
}

async function checkTask(call: Call, task: DetailedTask): Promise<void> {
  const { parent, project } = task
  await checkReferences(call, {
    ...(parent === null || parent.startsWith('__DELETED__') ? {} : { parent }),
    ...(project === null ? {} : { project }),
    models: { input: [...modelsOf(task).input] },
  })
}
