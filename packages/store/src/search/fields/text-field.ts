import { type RawBuilder, sql } from 'kysely'
import { storable } from '../../sql-text.ts'
import type { Pattern } from '../python-regex.ts'
import { type Field, never, operators, type Test } from './field.ts'

/** Of a long text only so much is searched by a pattern that looks ahead: its time grows with the square of this. */
const longestLook = 2_000

/** Text, ordered by its code points whatever the database's language is. */
export const textField = (value: RawBuilder<unknown>): Field => ({
  anyOf: (values) => isOneOf(value, values),
  allOf: (values) => (new Set(values).size === 1 ? isOneOf(value, values) : never),
  isEmpty: () => sql`(${value} is null or ${value} = '')`,
  matches: (pattern) => matchesText(value, pattern),
  compare: (op, to) =>
    typeof to === 'string' ? sql`${value} ${collation(op)} ${operators[op]} ${storable(to)}::text` : never,
  keys: [sql`nullif(${value}, '') collate "C"`],
})

/** Equality is the same in every collation, and naming one would keep it from an index. */
const collation = (op: string) => (op === '=' ? sql`` : sql`collate "C"`)

/** Of one value an index may be walked in order, of several not. */
export const isOneOf = (value: RawBuilder<unknown>, values: readonly string[]): Test => {
  const [first, ...others] = values.map(storable)
  if (first === undefined) return never
  return others.length === 0 ? sql`${value} = ${first}::text` : sql`${value} = any(${[first, ...others]}::text[])`
}

export function matchesText(value: RawBuilder<unknown>, pattern: Pattern): Test {
  if (pattern.equals) return isOneOf(value, pattern.equals)
  const searched = pattern.looks ? sql`left(${value}, ${sql.lit(longestLook)})` : value
  return sql`${searched} ~ ${pattern.expression}::text`
}
