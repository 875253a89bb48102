import { inlineResultBytes, JobError, type PhaseTimings } from '@inferq/contracts'
import type { TakenJob } from '@inferq/queue'
import { JsonInPieces } from './json-in-pieces.ts'
import type { Files } from './load-input.ts'

export type Success = { timings: PhaseTimings } & StoredResult
export type StoredResult = { result: string } | { resultKey: string }

type Store = Pick<Files, 'put' | 'write'>

/** Writes the result as JSON, once: into the outcome when it is small, else into the file store. */
export async function storeResult(
  result: unknown,
  { payload: { taskId, run }, attempt }: TakenJob,
  files: Store,
): Promise<StoredResult> {
  // The attempt is in the key: two workers that hold one job must not write the same file.
  const resultKey = `results/${taskId}-${run}-${attempt}.json`
  if (result instanceof JsonInPieces) return storePieces(result, resultKey, files)
  const text = JSON.stringify(result)
  if (text === undefined) throw new JobError('RESULT_INVALID', 'the result cannot be written as JSON')
  if (fitsInline(text)) return { result: text }
  await files.put(resultKey, text)
  return { resultKey }
}

async function storePieces({ pieces }: JsonInPieces, resultKey: string, files: Store): Promise<StoredResult> {
  let text = ''
  while (fitsInline(text)) {
    const { value, done } = await pieces.next()
    if (done) return { result: text }
    text += value
  }
  if (await files.write(resultKey, encoded(text, pieces))) return { resultKey }
  throw new Error(`the result cannot be written: something else stands in the place of ${resultKey}`)
}

async function* encoded(first: string, rest: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(first)
  for await (const piece of rest) yield Buffer.from(piece)
}

const maxBytesPerUnit = 3
const fitsInline = (text: string) =>
  text.length * maxBytesPerUnit <= inlineResultBytes || Buffer.byteLength(text) <= inlineResultBytes
