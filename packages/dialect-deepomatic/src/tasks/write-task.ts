import type { JsonText } from '@inferq/contracts'
import { endOf, failureText, type Task, verdictOf } from '@inferq/domain'
import type { DeepomaticServices } from '../services.ts'
import { wireDate } from './wire-date.ts'
import { isRecognition, writeOutputs } from './write-outputs.ts'

/** A task as this language shows it. Results are JSON text already, and may be megabytes, so they go in as they are. */
export async function writeTask({ result }: Pick<DeepomaticServices, 'result'>, task: Task): Promise<JsonText> {
  const status = verdictOf(task)
  const data = status === 'success' ? await result(task) : null
  const fields = JSON.stringify({
    id: String(task.number),
    status,
    error: status === 'error' ? failureText(task) : null,
    date_created: wireDate(task.createdAt),
    date_updated: status === 'pending' ? null : wireDate(endOf(task)),
  })
  return `${fields.slice(0, -1)},"data":${data === null ? 'null' : writeData(task, data)},"subtasks":null}`
}

/** Results of other jobs, which came over other languages, are given as they are. */
const writeData = ({ job }: Task, result: JsonText): JsonText =>
  isRecognition(job) ? writeOutputs(job, result) : result
