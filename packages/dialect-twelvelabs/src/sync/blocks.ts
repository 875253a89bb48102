import { maxImageBytes, maxTextLength } from '@inferq/contracts'
import { z } from 'zod'
import { must, oneOf, optional } from '../request/fields.ts'
import { mediaSource, oneSource, sourceFields } from '../request/media-source.ts'
import { estimateTokens } from './estimate-tokens.ts'

const maxTokens = 500
const maxSources = 10

const Text = z
  .string(must('a text'))
  .max(maxTextLength, `must have at most ${maxTextLength} characters`)
  .refine((text) => text.trim() !== '', 'must not be empty')
  .check(({ value, issues }) => {
    const tokens = estimateTokens(value)
    if (tokens <= maxTokens) return
    const message = `must have at most ${maxTokens} tokens; counted by its words and marks, it has about ${tokens}`
    issues.push({ code: 'custom', message, input: value })
  })

const image = mediaSource(maxImageBytes)
const withSource = 'an object with a media_source'

export const TextBlock = z.object({ input_text: Text }, must('an object with input_text'))
export const ImageBlock = z.object({ media_source: image }, must(withSource))
export const TextImageBlock = z.object({ media_source: image, input_text: Text }, must(`${withSource} and input_text`))

const NamedSource = z
  .object(
    { ...sourceFields, media_type: oneOf(['image'], ['video', 'audio']), name: optional(z.string(must('a text'))) },
    must('an object with media_type'),
  )
  .transform(({ name, ...fields }, context) => ({ name, source: oneSource(fields, maxImageBytes, context) }))

const sources = `a list of 1 to ${maxSources} media sources`

export const MultiInputBlock = z.object(
  {
    input_text: optional(Text),
    media_sources: z
      .array(NamedSource, must(sources))
      .min(1, `must be ${sources}`)
      .max(maxSources, `must be ${sources}`)
      .refine(haveNamesOfTheirOwn, 'two of them have the same name'),
  },
  must('an object with media_sources'),
)

function haveNamesOfTheirOwn(named: readonly { name: string | undefined }[]): boolean {
  const names = named.flatMap(({ name }) => name ?? [])
  return new Set(names).size === names.length
}
