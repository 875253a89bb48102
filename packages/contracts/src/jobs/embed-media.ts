import { z } from 'zod'
import {
  type EmbeddingOption,
  embeddingScopes,
  embeddingTypes,
  MediaEmbedding,
  MediaSource,
  maxMediaSeconds,
  Segmentation,
} from '../media.ts'
import type { NamedFile } from './define-job.ts'

/** What a medium must be like beyond what any worker takes; some languages promise their callers such bounds. */
export const MediaBounds = z.strictObject({
  min_seconds: z.number().min(0).optional(),
  max_seconds: z.number().max(maxMediaSeconds).optional(),
  /** Width and height of a video; the longer and the shorter side are compared whichever way it lies. */
  min_frame: z.strictObject({ width: z.int(), height: z.int() }).optional(),
  max_frame: z.strictObject({ width: z.int(), height: z.int() }).optional(),
  /** Longer side by shorter side. */
  max_aspect_ratio: z.number().min(1).optional(),
})
export type MediaBounds = z.infer<typeof MediaBounds>

const distinct = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .min(1, 'at least one')
    .refine((items) => new Set(items).size === items.length, 'names one of them twice')

/** The input of a job that embeds a medium, of which clients may ask for these options. */
export const mediaInput = <Options extends readonly [EmbeddingOption, ...EmbeddingOption[]]>(options: Options) =>
  z
    .strictObject({
      source: MediaSource,
      /** Absent: the first of the models that are made of one model for each kind of content. */
      model: z.string().min(1).max(200).optional(),
      /** Absent: 0. */
      start_sec: z.number().min(0).optional(),
      /** Past the end of the medium: its end. */
      end_sec: z.number().positive().optional(),
      segmentation: Segmentation.optional(),
      embedding_options: distinct(z.enum(options)).default([...options]),
      embedding_scopes: distinct(z.enum(embeddingScopes)).default([...embeddingScopes]),
      embedding_types: distinct(z.enum(embeddingTypes)).default(['separate_embedding']),
      bounds: MediaBounds.optional(),
    })
    .refine(({ start_sec = 0, end_sec }) => end_sec === undefined || start_sec < end_sec, {
      message: 'must be above start_sec',
      path: ['end_sec'],
    })
    .refine(
      ({ embedding_options, embedding_types }) =>
        embedding_options.length > 1 || !embedding_types.includes('fused_embedding'),
      { message: 'fused_embedding needs two or more embedding_options', path: ['embedding_types'] },
    )

/**
 * By option in the order asked, its clips in the order of time and then the whole; at last the fused ones. `embeddings`
 * stands last, so that whoever wants the facts alone reads the beginning of the text. Vectors have length 1.
 */
export const MediaResult = z.object({
  model: z.string(),
  /** Of the whole medium, seconds. */
  duration_sec: z.number(),
  /** What was embedded: the window within it. */
  start_sec: z.number(),
  end_sec: z.number(),
  clips: z.int(),
  dimensions: z.int(),
  embeddings: z.array(MediaEmbedding),
})
export type MediaResult = z.infer<typeof MediaResult>

export const filesOfMedia = ({ source }: { source: MediaSource }): NamedFile[] =>
  'file' in source ? [{ key: source.file, path: ['source', 'file'] }] : []
