import { type RawBuilder, sql } from 'kysely'
import { storable } from '../../sql-text.ts'
import type { Field, Test } from './field.ts'
import { never } from './field.ts'
import { matchesText } from './text-field.ts'

/** A list of texts. The indexes of lists leave out empty ones, so every test that those fail says so. */
export const listField = (value: RawBuilder<unknown>): Field => {
  const filled = (test: Test): Test => sql`(${value} <> '{}' and ${test})`
  const hasOneOf = (values: readonly string[]) => filled(sql`${value} && ${values.map(storable)}::text[]`)
  return {
    anyOf: hasOneOf,
    allOf: (values) => filled(sql`${value} @> ${values.map(storable)}::text[]`),
    isEmpty: () => sql`${value} = '{}'`,
    matches: (pattern) =>
      filled(sql`exists (select from unnest(${value}) as item where ${matchesText(sql`item`, pattern)})`),
    compare: (op, to) => (op === '=' && typeof to === 'string' ? hasOneOf([to]) : never),
    keys: [sql`nullif(${value}, '{}')`],
  }
}
