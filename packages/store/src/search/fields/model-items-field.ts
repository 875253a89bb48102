import { sql } from 'kysely'
import { storable } from '../../sql-text.ts'
import { allTests, anyTest, type Field, never } from './field.ts'
import { matchesText, textField } from './text-field.ts'

/** `models.input.model`: something that every item of a task's list of models has. */
export function modelItemsField(direction: 'input' | 'output', key: 'name' | 'model'): Field {
  const has = (value: string) =>
    sql<boolean>`tasks.models @> ${JSON.stringify({ [direction]: [{ [key]: storable(value) }] })}::text::jsonb`
  const path = sql`${`$.${direction}[*].${key}`}::text::jsonpath`
  const first = sql`(jsonb_path_query_first(tasks.models, ${path}) #>> '{}')`
  return {
    ...textField(first),
    anyOf: (wanted) => anyTest(wanted.map(has)),
    allOf: (wanted) => allTests(wanted.map(has)),
    matches: (pattern) =>
      sql`exists (
        select from jsonb_path_query(tasks.models, ${path}) as item where ${matchesText(sql`(item #>> '{}')`, pattern)}
      )`,
    compare: (op, to) => (op === '=' && typeof to === 'string' ? has(to) : never),
  }
}
