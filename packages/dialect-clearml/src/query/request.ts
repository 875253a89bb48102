import { z } from 'zod'
import { flag, whole } from '../transport/fields.ts'
import { invalid } from './refuse.ts'

/**
 * A request in the query language. Its keys may be paths (`hyperparams.Args.lr`), so no schema lists them; each part of
 * this folder reads its own. Null is as good as absent, but for `scroll_id` and `page_size`.
 */
export const queryRequest = z.record(z.string(), z.unknown())
export type QueryRequest = Readonly<z.output<typeof queryRequest>>

export function readText(request: QueryRequest, field: string): string | undefined {
  const value = request[field] ?? undefined
  if (value !== undefined && typeof value !== 'string') throw invalid(field, 'expected a string')
  return value
}

export function readWhole(request: QueryRequest, field: string, minimum: number): number | undefined {
  const value = request[field] ?? undefined
  if (value === undefined) return undefined
  const { data, success } = whole.safeParse(value)
  if (!success || data < minimum) throw invalid(field, `expected a whole number from ${minimum}`)
  return data
}

export const readFlag = (request: QueryRequest, field: string, otherwise = false): boolean =>
  (request[field] ?? null) === null ? otherwise : flag.parse(request[field])

/** A list of strings; a string alone is a list of one. */
export function readTexts(request: QueryRequest, field: string): readonly string[] | undefined {
  const value = request[field] ?? undefined
  if (value === undefined) return undefined
  const texts = Array.isArray(value) ? value : [value]
  if (!texts.every((item) => typeof item === 'string')) throw invalid(field, 'expected a list of strings')
  return texts
}
