import type { MediaBounds } from '@inferq/contracts'
import type { InputKeeper } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { AskedJob } from '../submit.ts'
import { keepSource } from './keep-source.ts'
import type { MediaBlock, MediaKind } from './media-block.ts'

export interface MediaRequest {
  kind: MediaKind
  model: string
  block: MediaBlock
  /** What the medium must be like. */
  bounds: MediaBounds
}

/** The job that embeds a medium as it was asked for; its source is kept by then. */
export async function mediaJob(
  call: Call,
  keeper: InputKeeper,
  { kind, model, block, bounds }: MediaRequest,
): Promise<AskedJob> {
  const { media_source, start_sec, end_sec, segmentation, embedding_option, embedding_scope, embedding_type } = block
  const source = await keepSource(call, keeper, media_source, { place: 0, path: [kind, 'media_source'] })
  const input = {
    ...{ source, model, start_sec, end_sec, segmentation, bounds },
    ...{ embedding_options: embedding_option, embedding_scopes: embedding_scope, embedding_types: embedding_type },
  }
  return { job: mediaJobs[kind], input }
}

/** The jobs by what they embed. */
export const mediaJobs = { audio: 'embed.audio', video: 'embed.video' } as const satisfies Record<MediaKind, string>
