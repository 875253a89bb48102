import { buffer } from 'node:stream/consumers'
import type { JsonText } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import { z } from 'zod'
import type { TwelvelabsServices } from '../services.ts'

/** What a result says before its vectors. */
const Facts = z.object({ duration_sec: z.number() })
export type ResultFacts = z.output<typeof Facts>

export interface OpenedResult {
  facts: ResultFacts
  /**
   * The rest of its text: the list of embeddings, whose fields have this language's names already, and the brace that
   * ends the result. Tens of megabytes, perhaps; nothing of it is held before it is read.
   */
  rest: AsyncIterable<Uint8Array>
}

/** The end of what is read to find the facts. Names of models have 200 characters at most. */
const headBytes = 4_096
const mark = '"embeddings":'

type Parts = Pick<TwelvelabsServices, 'files'>

/** The result of a medium's task that has succeeded; nothing of its vectors is parsed. */
export async function openResult(parts: Parts, task: Task): Promise<OpenedResult> {
  const head = splitHead(await readHead(parts, task))
  if (!head) throw new Error(`the result of task ${task.id} is gone, or none of a medium`)
  return { facts: head.facts, rest: readFrom(parts, task, head.restAt) }
}

/** The facts alone; null where they cannot be told. */
export const readFacts = async (parts: Parts, task: Task): Promise<ResultFacts | null> =>
  splitHead(await readHead(parts, task))?.facts ?? null

async function readHead({ files }: Parts, { result, resultKey }: Task): Promise<Buffer> {
  if (resultKey === null) return Buffer.from((result ?? '').slice(0, headBytes))
  const file = await files.read(resultKey, { start: 0, end: headBytes - 1 })
  return file ? buffer(file.body) : Buffer.alloc(0)
}

async function* readFrom({ files }: Parts, { id, result, resultKey }: Task, start: number): AsyncGenerator<Uint8Array> {
  if (resultKey === null) {
    yield Buffer.from(result ?? '').subarray(start)
    return
  }
  const file = await files.read(resultKey, { start, end: Number.MAX_SAFE_INTEGER })
  if (!file) throw new Error(`the result of task ${id} is gone`)
  yield* file.body
}

function splitHead(head: Buffer): { facts: ResultFacts; restAt: number } | null {
  // In a text within the JSON, such as a model's name, a backslash would stand before the second quote.
  const at = head.indexOf(mark)
  const json = head.toString('utf8', 0, Math.max(at, 0)).trimEnd().replace(/,$/, '}')
  const facts = Facts.safeParse(parseOrNull(json))
  return facts.success ? { facts: facts.data, restAt: at + mark.length } : null
}

function parseOrNull(json: JsonText): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
