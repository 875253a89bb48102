import type { FieldPath } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { storable } from '../../sql-text.ts'
import { anyTest, type Field, never, operators, type Value } from './field.ts'
import { matchesText } from './text-field.ts'

/** Something in a `jsonb` column: text, number or flag, or a list of texts. */
export const jsonField = (column: RawBuilder<unknown>, path: FieldPath): Field => {
  const parts = path.map(storable)
  const document = sql`${column} #> ${parts}::text[]`
  const text = sql`(${column} #>> ${parts}::text[])`
  const inList = (operator: RawBuilder<unknown>, values: readonly string[]) =>
    sql<boolean>`(jsonb_typeof(${document}) = 'array' and (${document}) ${operator} ${values}::text[])`
  return {
    anyOf: (values) => {
      const stored = values.map(storable)
      return anyTest([sql`${text} = any(${stored}::text[])`, inList(sql`?|`, stored)])
    },
    allOf: (values) => {
      const stored = values.map(storable)
      return anyTest([sql`${text} = all(${stored}::text[])`, inList(sql`?&`, stored)])
    },
    isEmpty: () => sql`coalesce(${text}, '') in ('', '[]')`,
    matches: (pattern) => matchesText(text, pattern),
    compare: (op, to) => {
      if (typeof to === 'number') return sql`number_or_null(${text}) ${operators[op]} ${to}::float8`
      if (typeof to === 'string') return sql`${text} collate "C" ${operators[op]} ${storable(to)}::text`
      return typeof to === 'boolean' && op === '=' ? sql`${document} = to_jsonb(${to}::boolean)` : never
    },
    keys: [sql`nullif(nullif(${text}, ''), '[]') collate "C"`],
  }
}

/** As people count: numbers by their value and before other text, `a2` before `a11`. */
export const naturalKeys = (text: RawBuilder<unknown>): readonly Value[] => [
  sql`number_or_null(${text})`,
  sql`case when number_or_null(${text}) is null then natural_text(nullif(${text}, '')) end collate "C"`,
]
