import type { JsonText } from '@inferq/contracts'
import { endOf, failureText, type Task } from '@inferq/domain'
import type { Call } from '../call.ts'
import { findTask } from './find-task.ts'
import { inputOf, kindOf } from './media-task.ts'
import { metadataOf } from './metadata.ts'
import { openResult } from './result-text.ts'
import { wireId } from './wire-id.ts'
import { wireStatus } from './wire-status.ts'
import { writeResult } from './write-result.ts'

/** A task as JSON text piece by piece: what came of hours of video is more than should be read as a whole. */
export async function retrieveTask(call: Call, id: string): Promise<AsyncIterable<JsonText | Uint8Array>> {
  const task = await findTask(call, id)
  const fields = fieldsOf(task)
  if (fields.status !== 'ready') {
    const error = fields.status === 'failed' ? { message: failureText(task) } : undefined
    return whole({ ...fields, data: null, error })
  }
  const input = await inputOf(call.services, task)
  const result = await openResult(call.services, task)
  const metadata = input ? metadataOf(kindOf(task), input, result.facts.duration_sec) : undefined
  return writeResult({ ...fields, metadata }, result)
}

/** What every answer says of a task. */
export function fieldsOf(task: Task) {
  const status = wireStatus(task)
  return {
    _id: wireId(task),
    status,
    created_at: task.createdAt.toISOString(),
    updated_at: (status === 'processing' ? task.updatedAt : endOf(task)).toISOString(),
  }
}

async function* whole(answer: object): AsyncGenerator<JsonText> {
  yield JSON.stringify(answer)
}
