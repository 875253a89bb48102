import type { MediaSource } from '@inferq/contracts'
import type { MediaKind } from '../request/media-block.ts'
import type { MediaInput } from './media-task.ts'

/** What an answer says of the medium and of how it was asked for. */
export const metadataOf = (kind: MediaKind, input: MediaInput, duration: number) => ({
  input_type: kind,
  ...namesOf(input.source),
  clip_length: kind === 'video' ? clipLengthOf(input) : undefined,
  embedding_options: input.embedding_options,
  embedding_scopes: input.embedding_scopes,
  duration,
  start_offset_sec: input.start_sec,
  end_offset_sec: input.end_sec,
})

/** The same as a list has it, under other names; there is no duration before the task is ready. */
export function listedMetadata(kind: MediaKind, input: MediaInput, duration: number | undefined) {
  const names = namesOf(input.source)
  if (kind === 'video') {
    return {
      ...names,
      video_clip_length: clipLengthOf(input),
      video_embedding_scope: input.embedding_scopes,
      video_embedding_option: input.embedding_options,
      duration,
    }
  }
  return {
    ...names,
    audio_embedding_option: input.embedding_options,
    audio_embedding_scope: input.embedding_scopes,
    duration,
    start_offset_sec: input.start_sec,
    end_offset_sec: input.end_sec,
  }
}

const clipLengthOf = ({ segmentation }: MediaInput): number | undefined =>
  segmentation?.strategy === 'fixed' ? segmentation.duration_sec : undefined

export function namesOf(source: MediaSource): { input_url?: string; input_filename?: string } {
  if ('url' in source) return { input_url: source.url }
  const filename = 'file' in source ? filenameIn(source.file) : null
  return filename === null ? {} : { input_filename: filename }
}

/** The key of an asset's file ends in its name; null for a file without one, and for a name that was too long for a key. */
function filenameIn(key: string): string | null {
  const name = key.slice(key.lastIndexOf('/') + 1)
  return key.startsWith('artifacts/') && !name.includes('%-') ? decodeURIComponent(name) : null
}
