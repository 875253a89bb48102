import { z } from 'zod'
import { inputSource } from './input-source.ts'

/** Longest audio or video that a worker takes, in seconds. */
export const maxMediaSeconds = 4 * 60 * 60
/** Of one audio or video file as it comes. */
export const maxMediaBytes = 4 * 1024 ** 3

/** An audio or video file. */
export const MediaSource = inputSource('a file')
export type MediaSource = z.infer<typeof MediaSource>

/** How a medium is cut into clips; seconds. */
export const Segmentation = z.discriminatedUnion('strategy', [
  /** Clips of exactly this length, one after another; the last one may be shorter. */
  z.strictObject({ strategy: z.literal('fixed'), duration_sec: z.int().min(1).max(600) }),
  /** Clips follow the cuts between scenes; none is shorter than this. For video only. */
  z.strictObject({ strategy: z.literal('dynamic'), min_duration_sec: z.number().min(1).max(600) }),
])
export type Segmentation = z.infer<typeof Segmentation>

/** What of a medium is embedded: its pictures, its sound, what is said in it. */
export const embeddingOptions = ['visual', 'audio', 'transcription'] as const
export type EmbeddingOption = (typeof embeddingOptions)[number]
/** A vector of each clip, and one of the whole window. */
export const embeddingScopes = ['clip', 'asset'] as const
export type EmbeddingScope = (typeof embeddingScopes)[number]
/** A vector of each option, and one of all options together. */
export const embeddingTypes = ['separate_embedding', 'fused_embedding'] as const
export type EmbeddingType = (typeof embeddingTypes)[number]

/** Bounds are seconds from the start of the medium. */
export const MediaEmbedding = z.object({
  embedding_option: z.enum([...embeddingOptions, 'fused']),
  embedding_scope: z.enum(embeddingScopes),
  start_sec: z.number(),
  end_sec: z.number(),
  embedding: z.array(z.number()),
})
export type MediaEmbedding = z.infer<typeof MediaEmbedding>
