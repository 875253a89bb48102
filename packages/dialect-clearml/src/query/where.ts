import type { Condition, FieldPath } from '@inferq/domain'
import type { Collection } from './collection.ts'
import { allOf, hasAny, not } from './conditions.ts'
import { dateCondition } from './date-condition.ts'
import { fieldPath, valuePath } from './field-path.ts'
import { filterCondition } from './filters.ts'
import { listCondition } from './list-condition.ts'
import { multiFieldConditions } from './multi-field.ts'
import { rangeCondition } from './range-condition.ts'
import { invalidValue, unknownField } from './refuse.ts'
import { type QueryRequest, readFlag, readText } from './request.ts'
import { textCondition } from './search-text.ts'

/** Everything that a request asks of what it finds, in one condition. Fields that nobody knows are passed over. */
export function readWhere(request: QueryRequest, collection: Collection): Condition | null {
  const filters = readFilters(request, collection)
  return allOf([
    ...Object.entries(request)
      .filter(([field, value]) => value !== null && value !== undefined && !(field in filters))
      .map(([field, value]) => fieldCondition(request, field, value, collection)),
    ...Object.entries(filters).map(([field, value]) =>
      filterCondition(pathOf(field), field, cased(field, value, collection)),
    ),
    ...multiFieldConditions(request, collection),
    textCondition(readText(request, 'search_text') ?? ''),
    hiddenCondition(request, collection),
  ])
}

function fieldCondition(
  request: QueryRequest,
  field: string,
  value: unknown,
  collection: Collection,
): Condition | null {
  const { lists, patterns, dates, ranges = {}, equals = [] } = collection
  if (covers(lists, field)) return listCondition(pathOf(field), field, cased(field, value, collection))
  if (covers(patterns, field)) return patternCondition(pathOf(field), readText(request, field) ?? '')
  if (covers(dates, field)) return dateCondition(pathOf(field), field, value)
  const range = Object.entries(ranges).find(([name]) => covers([name], field))
  if (range) return rangeCondition(pathOf(field), field, value, range[1])
  return covers(equals, field) ? equality(pathOf(field), field, value) : null
}

/** `hyperparams.*` covers whatever begins with `hyperparams.`. */
const covers = (names: readonly string[], field: string): boolean =>
  names.some((name) => (name.endsWith('.*') ? field.startsWith(name.slice(0, -1)) : name === field))

function pathOf(field: string): FieldPath {
  const path = valuePath(fieldPath(field, field))
  return path[0] === 'metadata' && path.length === 2 ? [...path, 'value'] : path
}

const cased = (field: string, value: unknown, { lowerCase = [] }: Collection): unknown =>
  covers(lowerCase, field) ? lower(value) : value

/** All text in it; the keys and operators of conditions are lower-case anyway. */
function lower(value: unknown): unknown {
  if (typeof value === 'string') return value.toLowerCase()
  if (Array.isArray(value)) return value.map(lower)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, lower(part)]))
}

const patternCondition = (field: FieldPath, pattern: string): Condition | null =>
  pattern === '' ? null : { kind: 'matches', field, pattern, ignoreCase: false }

function equality(path: FieldPath, field: string, value: unknown): Condition {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw invalidValue(field, 'expected a string, a number or a boolean')
  }
  return { kind: 'compare', field: path, op: '=', value }
}

function readFilters(request: QueryRequest, { name, lists }: Collection): QueryRequest {
  const filters = request.filters ?? {}
  if (typeof filters !== 'object' || Array.isArray(filters)) throw invalidValue('filters', 'expected an object')
  const unknown = Object.keys(filters).find((field) => !covers(lists, field))
  if (unknown !== undefined) throw unknownField(name, unknown)
  return filters as QueryRequest
}

function hiddenCondition(request: QueryRequest, { hidden }: Collection): Condition | null {
  if (!hidden || hidden.unless.some((field) => readFlag(request, field))) return null
  const tagged = hasAny(['system_tags'], [hidden.tag])
  return tagged && not(tagged)
}
