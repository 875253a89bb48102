import { type RawBuilder, sql } from 'kysely'
import { isId } from '../../sql-text.ts'
import { type Field, never } from './field.ts'
import { matchesText } from './text-field.ts'

/** A uuid column, which reads as 32 hex digits. What is no id is nobody's. */
export const idField = (value: RawBuilder<unknown>): Field => {
  const isOneOf = (ids: readonly string[]) => {
    const [first, ...others] = ids.filter(isId)
    if (first === undefined) return never
    // Of one value an index may be walked in order, of several not.
    return others.length === 0
      ? sql<boolean>`${value} = ${first}::uuid`
      : sql<boolean>`${value} = any(${[first, ...others]}::uuid[])`
  }
  return {
    anyOf: isOneOf,
    allOf: (ids) => (new Set(ids).size === 1 ? isOneOf(ids) : never),
    isEmpty: () => sql`${value} is null`,
    matches: (pattern) => {
      if (pattern.equals) return isOneOf(pattern.equals)
      if (pattern.contains !== null && !/^[0-9a-f]*$/i.test(pattern.contains)) return never
      return matchesText(sql`replace(${value}::text, '-', '')`, pattern)
    },
    compare: (op, to) => (op === '=' && typeof to === 'string' ? isOneOf([to]) : never),
    keys: [value],
  }
}
