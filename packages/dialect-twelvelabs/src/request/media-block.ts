import { embeddingScopes, embeddingTypes } from '@inferq/contracts'
import { z } from 'zod'
import { dynamicClipSeconds, fixedClipSeconds, maxBase64Bytes } from '../limits.ts'
import { later, must, notOffered, optional, someOf } from './fields.ts'
import { mediaSource } from './media-source.ts'

const between = ({ min, max }: { min: number; max: number }) => `from ${min} to ${max}`
const wholeSeconds = `a whole number ${between(fixedClipSeconds)}`
const seconds = `a number ${between(dynamicClipSeconds)}`

const within = (schema: z.ZodNumber, { min, max }: { min: number; max: number }, be: string) =>
  schema.min(min, `must be ${be}`).max(max, `must be ${be}`)

const Fixed = z.object(
  { duration_sec: within(z.int(must(wholeSeconds)), fixedClipSeconds, wholeSeconds) },
  must('an object with duration_sec'),
)
const Dynamic = z.object(
  { min_duration_sec: within(z.number(must(seconds)), dynamicClipSeconds, seconds) },
  must('an object with min_duration_sec'),
)

/** The object that the strategy names says how; another one is not looked at. */
const ways = {
  fixed: z
    .object({ strategy: z.literal('fixed'), fixed: Fixed, temporal: later() })
    .transform(({ strategy, fixed }) => ({ strategy, ...fixed })),
  dynamic: z
    .object({ strategy: z.literal('dynamic'), dynamic: Dynamic, temporal: later() })
    .transform(({ strategy, dynamic }) => ({ strategy, ...dynamic })),
}

type Way = (typeof ways)[keyof typeof ways]

const segmentation = (...allowed: [Way, ...Way[]]) =>
  z.discriminatedUnion('strategy', allowed, {
    error({ input, options }) {
      if (typeof input !== 'object' || input === null) return 'must be an object with a strategy'
      const { strategy, temporal } = input as { strategy?: unknown; temporal?: unknown }
      const problem = must(`one of ${[options].flat().join(', ')}`).error({ input: strategy })
      return temporal === undefined ? problem : `${problem}; "temporal" ${notOffered}`
    },
  })

const offset = optional(
  z.number(must('a number of seconds, 0 or more')).min(0, 'must be a number of seconds, 0 or more'),
)

/** What is asked of a recording or a video. */
const mediaBlock = <const Options extends readonly [string, ...string[]]>(
  options: Options,
  ...segmentations: [Way, ...Way[]]
) =>
  z
    .object(
      {
        media_source: mediaSource(maxBase64Bytes),
        start_sec: offset,
        end_sec: offset,
        segmentation: optional(segmentation(...segmentations)),
        embedding_option: optional(someOf(options)),
        embedding_scope: optional(someOf(embeddingScopes, ['local'])),
        embedding_type: optional(someOf(embeddingTypes)),
        time_based_metadata: later(),
      },
      must('an object with a media_source'),
    )
    .refine(({ start_sec = 0, end_sec }) => end_sec === undefined || start_sec < end_sec, {
      message: 'must be above start_sec',
      path: ['end_sec'],
    })
    .refine(
      ({ embedding_option = options, embedding_type = [] }) =>
        embedding_option.length > 1 || !embedding_type.includes('fused_embedding'),
      { message: 'fused_embedding needs two or more of embedding_option', path: ['embedding_type'] },
    )

/** The blocks of a request that ask for the embedding of a medium, by `input_type`. */
export const mediaBlocks = {
  audio: mediaBlock(['audio', 'transcription'], ways.fixed),
  video: mediaBlock(['visual', 'audio', 'transcription'], ways.fixed, ways.dynamic),
}

export type MediaKind = keyof typeof mediaBlocks
export type MediaBlock = z.output<(typeof mediaBlocks)[MediaKind]>
