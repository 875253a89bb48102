import { DomainError } from '@inferq/domain'
import type { Call } from '../call.ts'
import { refusalOf } from '../document/own-tasks.ts'

/** One of the core's operations on a task. What the core does not find is public (403/21) or unknown (400/101) here. */
export async function onOwnTask<Answer>(call: Call, id: string, operate: () => Promise<Answer>): Promise<Answer> {
  try {
    return await operate()
  } catch (error) {
    throw error instanceof DomainError && error.code === 'TASK_NOT_FOUND' ? await refusalOf(call, id) : error
  }
}
