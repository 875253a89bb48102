import type { Condition, FieldPath } from '@inferq/domain'
import { allOf, hasAll, hasAny, isEmpty, not, oneOf } from './conditions.ts'
import { invalidValue } from './refuse.ts'

const anyOperators = ['__$any', '__$or']
const allOperators = ['__$all', '__$and']

/** What a list of values and operators asks of a field, read from left to right. */
interface ListTerms {
  any: string[]
  all: string[]
  excluded: string[]
  /** Null was in the list: what has no value at all fits too. */
  orEmpty: boolean
  /** Null came after `__$not`: only what has a value fits. */
  notEmpty: boolean
  /** The first operator decides how the parts are joined. */
  joinedBy: 'and' | 'or'
}

/** The condition of a list field: `["a", "-b"]`, `["__$all", "a", "b"]`. A scalar is a list of one; an empty one asks nothing. */
export function listCondition(path: FieldPath, field: string, value: unknown): Condition | null {
  const terms = readTerms(field, Array.isArray(value) ? value : [value])
  const excluded = hasAny(path, terms.excluded)
  const parts = [
    hasAny(path, terms.any),
    hasAll(path, terms.all),
    excluded && not(excluded),
    terms.notEmpty ? not(isEmpty(path)) : null,
  ]
  const condition = terms.joinedBy === 'or' ? oneOf(parts) : allOf(parts)
  return terms.orEmpty ? oneOf([condition, isEmpty(path)]) : condition
}

function readTerms(field: string, values: readonly unknown[]): ListTerms {
  const terms: ListTerms = { any: [], all: [], excluded: [], orEmpty: false, notEmpty: false, joinedBy: 'and' }
  let mode: 'initial' | 'any' | 'all' = 'initial'
  let negated = false
  let first = true

  for (const value of values) {
    if (value === null) {
      terms[negated ? 'notEmpty' : 'orEmpty'] = true
      negated = false
    } else if (typeof value !== 'string') {
      throw invalidValue(field, 'expected strings')
    } else if (value.startsWith('__$')) {
      if (negated) throw invalidValue(field, `expected a value after __$not, not ${value}`)
      if (value === '__$not') negated = true
      else mode = modeOf(field, value)
      if (first && anyOperators.includes(value)) terms.joinedBy = 'or'
      first = false
    } else if (negated) {
      terms.excluded.push(value)
      negated = false
    } else if (mode === 'initial' && value.startsWith('-')) {
      if (value === '-') throw invalidValue(field, 'expected a value after "-"')
      terms.excluded.push(value.slice(1))
    } else {
      terms[mode === 'all' ? 'all' : 'any'].push(value)
    }
  }
  if (negated) throw invalidValue(field, 'expected a value after __$not')
  return terms
}

function modeOf(field: string, operator: string): 'initial' | 'any' | 'all' {
  if (operator === '__$nop') return 'initial'
  if (anyOperators.includes(operator)) return 'any'
  if (allOperators.includes(operator)) return 'all'
  throw invalidValue(field, `unknown operator ${operator}`)
}
