import { randomBytes } from 'node:crypto'
import type { MediaEmbedding } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import { endTask, succeeded, type Twelvelabs } from './twelvelabs.fixture.ts'

export const url = 'https://media.example/v.mp4'

/** A request for a task; the block's fields as they are given. */
export const videoRequest = (block: object = {}) => ({
  ...{ input_type: 'video', model_name: 'marengo3.0' },
  video: { media_source: { url }, ...block },
})
export const audioRequest = (block: object = {}) => ({
  ...{ input_type: 'audio', model_name: 'marengo3.0' },
  audio: { media_source: { url }, ...block },
})

/** Creates a task over the wire; answers its id there, and the task. */
export async function createTask(twelvelabs: Twelvelabs, body: unknown = videoRequest()) {
  const { _id } = await twelvelabs.ok('POST', '/embed-v2/tasks', { body })
  const [task] = await twelvelabs.tasks()
  if (!task) throw new Error('there is no task')
  return { id: _id as string, task }
}

export const clip = (changes: Partial<MediaEmbedding> = {}): MediaEmbedding => ({
  ...{ embedding_option: 'visual', embedding_scope: 'clip', start_sec: 0, end_sec: 6, embedding: [0.5, -0.25, 1e-7] },
  ...changes,
})

/** What a worker answers of a medium of 12.5 seconds. */
export const resultOf = (embeddings: readonly MediaEmbedding[]) => ({
  ...{ model: 'marengo3.0', duration_sec: 12.5, start_sec: 0, end_sec: 12.5, clips: 2, dimensions: 3, embeddings },
})

/** Lets it end with this result; `asFile`: kept as large results are. */
export async function endReady(
  twelvelabs: Twelvelabs,
  task: Task,
  { embeddings = [clip()], asFile = false }: { embeddings?: readonly MediaEmbedding[]; asFile?: boolean } = {},
): Promise<void> {
  const text = JSON.stringify(resultOf(embeddings))
  if (!asFile) return endTask(twelvelabs, task, succeeded(text))
  const resultKey = `results/${task.id}-1-1.json`
  await twelvelabs.ports.files.put(resultKey, text)
  await endTask(twelvelabs, task, { kind: 'succeeded', timings: { preparingMs: 1, computingMs: 1 }, resultKey })
}

export const newAssetId = () => randomBytes(12).toString('hex')
