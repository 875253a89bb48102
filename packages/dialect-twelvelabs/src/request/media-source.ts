import { MediaSource } from '@inferq/contracts'
import { z } from 'zod'
import { decodedBytes, isBase64 } from './base64.ts'
import { must, optional } from './fields.ts'

/** Where a medium is, as it was asked for. */
export type AskedSource = { url: string } | { base64: string } | { assetId: string }

/** The fields of whatever names a medium; `oneSource` makes a source of them. */
export const sourceFields = {
  url: optional(z.string(must('a text'))),
  base64_string: optional(z.string(must('a text'))),
  asset_id: optional(z.string(must('a text'))),
}

type SourceFields = { [Name in keyof typeof sourceFields]?: string | undefined }

/** The bytes that came with a request have this length at most. */
export const mediaSource = (maxBytes: number) =>
  z
    .object(sourceFields, must(`an object with ${exactlyOne}`))
    .transform((fields, context) => oneSource(fields, maxBytes, context))

const exactlyOne = 'exactly one of url, base64_string and asset_id'

export function oneSource(
  { url, base64_string: base64, asset_id: assetId }: SourceFields,
  maxBytes: number,
  context: z.RefinementCtx,
): AskedSource {
  const refuse = (message: string, ...path: string[]): never => {
    context.addIssue({ code: 'custom', message, path })
    return z.NEVER
  }
  const given = [url, base64, assetId].filter((field) => field !== undefined).length
  if (given !== 1) return refuse(`must have ${exactlyOne}; it has ${given === 0 ? 'none' : 'several'}`)
  if (url !== undefined) {
    return MediaSource.safeParse({ url }).success ? { url } : refuse('must be an http or https address', 'url')
  }
  if (base64 === undefined) return { assetId: assetId as string }
  const problem = problemOf(base64, maxBytes)
  return problem === null ? { base64 } : refuse(problem, 'base64_string')
}

function problemOf(base64: string, maxBytes: number): string | null {
  if (base64 === '') return 'must not be empty'
  if (base64.startsWith('data:')) return 'must be plain base64, without "data:" and what follows it before the base64'
  // First, since it costs nothing: what is not base64 takes a while to be told.
  if (decodedBytes(base64) > maxBytes)
    return `must be at most ${maxBytes} bytes; send larger media by url or as an asset`
  return isBase64(base64) ? null : 'must be base64'
}
