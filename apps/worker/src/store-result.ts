import { inlineResultBytes, JobError, type PhaseTimings } from '@inferq/contracts'
import type { TakenJob } from '@inferq/queue'
import type { Files } from './load-input.ts'

export type Success = { timings: PhaseTimings } & StoredResult
export type StoredResult = { result: string } | { resultKey: string }

/** Writes the result as JSON, once: into the outcome when it is small, else into the file store. */
export async function storeResult(
  result: unknown,
  { payload: { taskId, run }, attempt }: TakenJob,
  files: Pick<Files, 'put'>,
): Promise<StoredResult> {
  const text = JSON.stringify(result)
  if (text === undefined) throw new JobError('RESULT_INVALID', 'the result cannot be written as JSON')
  if (fitsInline(text)) return { result: text }
  // The attempt is in the key: two workers that hold one job must not write the same file.
  const resultKey = `results/${taskId}-${run}-${attempt}.json`
  await files.put(resultKey, text)
  return { resultKey }
}

const maxBytesPerUnit = 3
const fitsInline = (text: string) =>
  text.length * maxBytesPerUnit <= inlineResultBytes || Buffer.byteLength(text) <= inlineResultBytes
