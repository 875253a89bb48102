import type { z } from 'zod'
import { defineJob } from './define-job.ts'
import { filesOfMedia, MediaResult, mediaInput } from './embed-media.ts'

export const AudioInput = mediaInput(['audio', 'transcription']).refine(
  ({ segmentation }) => segmentation?.strategy !== 'dynamic',
  { message: 'a recording has no scenes; use the strategy "fixed"', path: ['segmentation'] },
)
export type AudioInput = z.output<typeof AudioInput>

/** A recording to vectors, per clip and as a whole. Without `segmentation`, clips of 6 s. */
export const embedAudio = defineJob({
  name: 'embed.audio',
  summary: 'Embed a recording: vectors of its sound and of what is said in it, per clip and as a whole.',
  input: AudioInput,
  result: MediaResult,
  attempts: 3,
  attemptTimeoutMs: 6 * 60 * 60 * 1_000,
  modelOf: (input) => input.model,
  filesOf: filesOfMedia,
  keepsPartials: true,
})
