import { type Condition, DomainError, type Search } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { sqlState } from '../server/store-errors.ts'
import { conditionsIn } from './conditions-in.ts'
import { type Page, pageSql, type Table } from './page.ts'
import { type PatternOf, readPatterns } from './read-patterns.ts'
import type { TextCondition } from './text-query.ts'
import { type Language, whereSql } from './where.ts'

/** The language in which the rows of these companies are asked. */
export type LanguageOf = (companies: readonly string[]) => Language

export interface Collection<Item> {
  readonly table: Table
  language(db: Db, search: Search, patternOf: PatternOf): Promise<LanguageOf>
  read(db: Db, page: Page): Promise<readonly Item[]>
}

/** How long the database may look for patterns in one search. */
const patternTimeMs = 2_000

/** Throws FIELD_UNKNOWN, and PATTERN_INVALID, also for a pattern that takes too long to look for. */
export async function runSearch<Item>(db: Db, search: Search, collection: Collection<Item>): Promise<readonly Item[]> {
  const { where } = search
  const { patternOf, areSimple } = readPatterns(where)
  const run = async (db: Db) => {
    const languageOf = await collection.language(db, search, patternOf)
    const scopes = companiesOf(search).map((companies) => {
      const language = languageOf(companies)
      return { companies, language, where: where && whereSql(where, language, patternOf) }
    })
    return await collection.read(db, pageSql(collection.table, scopes, search))
  }
  return areSimple ? await run(db) : await withinPatternTime(db, run)
}

/** Each company for itself, so that its rows can be walked in order; together where the rows are named anyway. */
function companiesOf({ company, publicToo, where }: Search): readonly (readonly string[])[] {
  if (!publicToo) return [[company]]
  const namesRows = conditionsJoined(where).some(({ kind, field }) => kind === 'any_of' && isIdField(field))
  return namesRows ? [[company, '']] : [[company], ['']]
}

const conditionsJoined = (where: Condition | null): readonly { kind: string; field?: unknown }[] =>
  where?.kind === 'and' ? where.of : where ? [where] : []

const isIdField = (field: unknown) => Array.isArray(field) && field.length === 1 && field[0] === 'id'

/** The one that `text_score` is about. */
export const textIn = (where: Condition | null): TextCondition | null =>
  conditionsIn(where).find((condition) => condition.kind === 'text') ?? null

/** Runs what looks for patterns, in a transaction, for as long as that may take. */
export async function withinPatternTime<T>(db: Db, run: (db: Db) => Promise<T>): Promise<T> {
  try {
    return await db.transaction().execute(async (transaction) => {
      await sql`select set_config('statement_timeout', ${`${patternTimeMs}`}, true)`.execute(transaction)
      return await run(transaction)
    })
  } catch (error) {
    const why = patternErrors[sqlState(error) ?? '']
    throw why === undefined
      ? error
      : new DomainError('PATTERN_INVALID', `the regular expression ${why}`, { cause: error })
  }
}

/** Query cancelled; invalid regular expression, as which Postgres also refuses one that grew too large for it. */
const patternErrors: Readonly<Record<string, string>> = {
  '57014': 'takes too long to look for: make it simpler, or ask for fewer tasks',
  '2201B': 'is too complex',
}
