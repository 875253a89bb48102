import type { z } from 'zod'
import { defineJob } from './define-job.ts'
import { filesOfMedia, MediaResult, mediaInput } from './embed-media.ts'

export const VideoInput = mediaInput(['visual', 'audio', 'transcription'])
export type VideoInput = z.output<typeof VideoInput>

/** A video to vectors, per clip and as a whole. Without `segmentation`, clips follow the scenes, each at least 4 s long. */
export const embedVideo = defineJob({
  name: 'embed.video',
  summary: 'Embed a video: vectors of its pictures, its sound and what is said in it, per clip and as a whole.',
  input: VideoInput,
  result: MediaResult,
  attempts: 3,
  attemptTimeoutMs: 6 * 60 * 60 * 1_000,
  modelOf: (input) => input.model,
  filesOf: filesOfMedia,
  keepsPartials: true,
})
