import type { z } from 'zod'
import type { Call } from '../call.ts'
import { flag, type object } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { statusAnswer } from './status-answer.ts'
import { moveOf, spoken } from './status-request.ts'

/** The message of the request does not count: a stop has messages of its own, which clients look for. */
export const stopping = { force: flag, ...spoken, include_pipeline_steps: flag }
type Stopping = z.output<ReturnType<typeof object<typeof stopping>>>

export async function stopOne(call: Call, id: string, { include_pipeline_steps, ...request }: Stopping) {
  const { company, userName } = call.identity
  const options = { ...moveOf(call, request), userName, includeSteps: include_pipeline_steps }
  return statusAnswer(await onOwnTask(call, id, () => call.services.operations.stopByClient(company, id, options)))
}
