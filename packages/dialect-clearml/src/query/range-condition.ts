import type { Condition, FieldPath } from '@inferq/domain'
import { allOf, isEmpty, oneOf } from './conditions.ts'
import { parseDate } from './parse-date.ts'
import { invalid } from './refuse.ts'

/** `[min, max]`, both inclusive, one of them null at most. Without a minimum, what has no value fits too. */
export function rangeCondition(
  path: FieldPath,
  field: string,
  value: unknown,
  kind: 'date' | 'number',
): Condition | null {
  if (!Array.isArray(value) || value.length !== 2 || value.every((bound) => bound === null)) {
    throw invalid(field, 'expected a list of a minimum and a maximum, of which one may be null')
  }
  const [least, most] = value.map((bound) => (bound === null ? null : readBound(field, bound, kind)))
  const above: Condition | null = least == null ? null : { kind: 'compare', field: path, op: '>=', value: least }
  const below: Condition | null = most == null ? null : { kind: 'compare', field: path, op: '<=', value: most }
  return above === null ? oneOf([isEmpty(path), below]) : allOf([above, below])
}

function readBound(field: string, bound: unknown, kind: 'date' | 'number'): Date | number {
  const value = kind === 'date' ? parseDate(bound) : readNumber(bound)
  if (value === null) throw invalid(field, `expected a ${kind}`)
  return value
}

function readNumber(bound: unknown): number | null {
  if (typeof bound !== 'number' && (typeof bound !== 'string' || bound.trim() === '')) return null
  const value = Number(bound)
  return Number.isFinite(value) ? value : null
}
