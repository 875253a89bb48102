import { type JobDefinition, JobError, type JobPayload } from '@inferq/contracts'
import type { OpenFiles } from '@inferq/files'
import { issuesOf } from './issues.ts'

export type Files = Pick<OpenFiles, 'put' | 'write' | 'getText' | 'read' | 'delete'>

/** The input as the job's schema reads it, from the job itself or from the file store. */
export async function loadInput(payload: JobPayload, job: JobDefinition, files: Pick<Files, 'getText'>) {
  const text = payload.input ?? (await textOfFile(payload, files))
  const parsed = job.input.safeParse(parseJson(text))
  if (!parsed.success) throw new JobError('INPUT_INVALID', `the input is not valid: ${issuesOf(parsed.error)}`)
  return parsed.data
}

async function textOfFile({ inputKey }: JobPayload, files: Pick<Files, 'getText'>): Promise<string> {
  if (inputKey === undefined) throw new JobError('INPUT_INVALID', 'the job came without an input')
  const text = await files.getText(inputKey)
  if (text === null) throw new JobError('INPUT_INVALID', 'the input is no longer in the file store')
  return text
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JobError('INPUT_INVALID', 'the input is not JSON')
  }
}
