import type { z } from 'zod'
import type { Call } from '../call.ts'
import type { object } from '../transport/fields.ts'
import { flag } from '../transport/fields.ts'
import { onOwnTask } from './on-own-task.ts'
import { moveOf, spoken } from './status-request.ts'

export const archiving = { ...spoken, include_pipeline_steps: flag }
type Archiving = z.output<ReturnType<typeof object<typeof archiving>>>

/** Puts one task away, or takes it out again. */
export async function archiveOne(
  call: Call,
  id: string,
  operation: 'archiveTask' | 'unarchiveTask',
  { include_pipeline_steps, ...request }: Archiving,
): Promise<void> {
  const options = { ...moveOf(call, request), includeSteps: include_pipeline_steps }
  await onOwnTask(call, id, () => call.services.operations[operation](call.identity.company, id, options))
}
