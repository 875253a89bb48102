import type { Condition } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { isId, storable } from '../sql-text.ts'

export type TextCondition = Extract<Condition, { kind: 'text' }>
type Query = RawBuilder<unknown>

/** A question for full text as two queries, each null when nothing is asked of it. */
export interface TextQuery {
  wanted: Query | null
  excluded: Query | null
  /** Words that are ids. */
  ids: readonly string[]
}

/** Nothing of the text is read as an operator: each term becomes the sequence of its words. */
export function textQuery({ words, phrases, excluded }: TextCondition): TextQuery {
  const all = [oneOf(words), ...phrases.map(sequenceOf)].filter((query) => query !== null)
  return {
    wanted: all.length === 0 ? null : sql`(${sql.join(all, sql` && `)})`,
    excluded: oneOf(excluded),
    ids: [...words, ...phrases].map((term) => term.toLowerCase()).filter(isId),
  }
}

const oneOf = (terms: readonly string[]): Query | null =>
  terms.length === 0 ? null : sql`(${sql.join(terms.map(sequenceOf), sql` || `)})`

const sequenceOf = (term: string): Query =>
  sql`phraseto_tsquery('pg_catalog.english', search_words(${storable(term)}::text))`

/** Weighs what was marked D, C, B and A. */
export const rankSql = (text: Query, wanted: Query): Query =>
  sql`ts_rank(array[0.1, 0.2, 1, 1]::real[], ${text}, ${wanted})`
