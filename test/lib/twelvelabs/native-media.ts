import { type EmbeddingOption, embedAudio, embedVideo, type MediaEmbedding, type MediaResult } from '@inferq/contracts'
import { expect } from 'vitest'
import { type MediaServer, startMediaServer } from '../media-server.ts'
import { startTwelvelabs, type TwelvelabsSystem } from './system.ts'

type Option = EmbeddingOption | 'fused'

/** A system with media at its hand, and the native jobs that embed them. */
export interface NativeMedia {
  readonly media: MediaServer
  readonly system: TwelvelabsSystem
  /** What came of the file of this name. */
  video(name: string, asked?: object): Promise<MediaResult>
  audio(name: string, asked?: object): Promise<MediaResult>
  stop(): Promise<void>
}

/** The files are made while the system starts. */
export async function startNativeMedia(files: Promise<Readonly<Record<string, Buffer>>>): Promise<NativeMedia> {
  const [system, made] = await Promise.all([startTwelvelabs(), files])
  const media = await startMediaServer(made)
  const embed =
    (job: typeof embedVideo | typeof embedAudio) =>
    async (name: string, asked: object = {}) => {
      const input = { source: { url: media.url(name) }, ...asked }
      const { id } = await system.inferq.client.submit({ job: job.name, input })
      const task = await system.inferq.client.waitFor(id, { timeoutMs: 40_000 })
      expect(task).toMatchObject({ status: 'completed', error: null })
      return job.result.parse(task.result)
    }
  return {
    ...{ media, system, video: embed(embedVideo), audio: embed(embedAudio) },
    stop: async () => {
      await media[Symbol.asyncDispose]()
      await system.stop()
    },
  }
}

export const visual = { embedding_options: ['visual'] }
export const fixed = (duration_sec: number) => ({ segmentation: { strategy: 'fixed', duration_sec } })
export const dynamic = (min_duration_sec: number) => ({ segmentation: { strategy: 'dynamic', min_duration_sec } })

export const clipsOf = ({ embeddings }: MediaResult, option: Option = 'visual') =>
  embeddings.filter((one) => one.embedding_scope === 'clip' && one.embedding_option === option)

export const assetOf = ({ embeddings }: MediaResult, option: Option) =>
  embeddings.find((one) => one.embedding_scope === 'asset' && one.embedding_option === option)?.embedding ?? []

export const boundsOf = (embeddings: readonly MediaEmbedding[]) => embeddings.map((one) => [one.start_sec, one.end_sec])

/** `visual clip 0-4` and so on. */
export const shapesOf = ({ embeddings }: MediaResult) =>
  embeddings.map((one) => `${one.embedding_option} ${one.embedding_scope} ${one.start_sec}-${one.end_sec}`)
