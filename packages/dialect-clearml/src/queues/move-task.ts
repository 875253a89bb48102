import type { LineMove } from '@inferq/domain'
import { z } from 'zod'
import type { Call } from '../call.ts'
import { defaulted, object, text, whole } from '../transport/fields.ts'
import { notInQueue } from './not-in-queue.ts'
import { requireQueue } from './require-queue.ts'

export const placeInQueue = object({ queue: text, task: text })
export const stepsInQueue = placeInQueue.extend({ count: defaulted(whole.pipe(z.number().min(1)), 1) })

/** Moves a task within its own line: among those for agents, or among the native ones. Throws 400/701, 400/703. */
export async function moveTask(call: Call, { queue, task }: z.output<typeof placeInQueue>, to: LineMove) {
  await requireQueue(call, queue)
  const options = { queueId: queue, to }
  const position = await call.services.operations.moveInQueue(call.identity.company, task, options)
  if (position === null) throw notInQueue(queue, task)
  return { position }
}
