import type { Comparison, Condition, FieldPath } from '@inferq/domain'
import { allOf } from './conditions.ts'
import { parseDate } from './parse-date.ts'
import { invalidValue } from './refuse.ts'

/** Dates with `>=`, `>`, `<=`, `<` or nothing in front; two with nothing are a range. What is no date is passed over. */
export function dateCondition(path: FieldPath, field: string, value: unknown): Condition | null {
  const values = Array.isArray(value) ? value : [value]
  if (!values.every((item) => item === null || typeof item === 'string' || typeof item === 'number')) {
    throw invalidValue(field, 'expected dates')
  }
  if (values.length === 2 && values.every((item) => prefixOf(item) === '')) {
    return allOf([compare(path, '>=', values[0]), compare(path, '<=', values[1])])
  }
  return allOf(
    values.map((item) => {
      const prefix = prefixOf(item)
      const date = typeof item === 'string' ? item.trim().slice(prefix.length) : item
      return compare(path, prefix || '=', date)
    }),
  )
}

const prefixOf = (value: unknown): Comparison | '' =>
  typeof value === 'string' ? ((/^\s*(>=|>|<=|<)/.exec(value)?.[1] ?? '') as Comparison | '') : ''

function compare(field: FieldPath, op: Comparison, value: unknown): Condition | null {
  const date = parseDate(value)
  return date && { kind: 'compare', field, op, value: date }
}
