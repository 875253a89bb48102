import type { z } from 'zod'
import type { Call } from '../call.ts'
import { outputOf } from '../document/parts/output.ts'
import { defaulted, flag, type object } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { setTime, statusAnswer } from './status-answer.ts'
import { moveOf, spoken } from './status-request.ts'

export const publication = { force: flag, ...spoken, publish_model: defaulted(flag, true) }
type Publication = z.output<ReturnType<typeof object<typeof publication>>>

export async function publishOne(call: Call, id: string, { publish_model, ...request }: Publication) {
  const options = { ...moveOf(call, request), publishModel: publish_model }
  const { publishTask } = call.services.operations
  const moved = await onOwnTask(call, id, () => publishTask(call.identity.company, id, options))
  return statusAnswer(moved, { ...setTime('published', moved.task.publishedAt), output: outputOf(moved.task) })
}
