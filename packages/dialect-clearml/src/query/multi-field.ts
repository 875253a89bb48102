import type { Condition } from '@inferq/domain'
import { z } from 'zod'
import { object, optional } from '../transport/fields.ts'
import type { Collection } from './collection.ts'
import { allOf, oneOf } from './conditions.ts'
import { dateCondition } from './date-condition.ts'
import { fieldPath, valuePath } from './field-path.ts'
import { invalidValue, unknownField } from './refuse.ts'
import type { QueryRequest } from './request.ts'

/** The reference page lost the underscores; clients send them. */
const spellings = {
  _all_: allOf,
  _and_: allOf,
  all: allOf,
  _any_: oneOf,
  _or_: oneOf,
  any: oneOf,
} as const

const MultiField = object({
  pattern: optional(z.string()),
  datetime: optional(z.unknown()),
  fields: optional(z.array(z.string())),
})

/** A pattern or dates that all or any of several fields must fit. */
export const multiFieldConditions = (request: QueryRequest, collection: Collection): readonly (Condition | null)[] =>
  Object.entries(spellings).map(([spelling, join]) => {
    const value = request[spelling] ?? null
    return value === null ? null : join(conditionsOf(spelling, value, collection))
  })

function conditionsOf(spelling: string, value: unknown, collection: Collection): readonly (Condition | null)[] {
  const { data, error } = MultiField.safeParse(value)
  if (error) throw invalidValue(spelling, 'expected fields, and a pattern or datetime')
  const { pattern, datetime, fields = [] } = data
  if ((pattern === undefined) === (datetime === undefined)) {
    throw invalidValue(spelling, 'expected either a pattern or datetime')
  }
  return fields.map((name): Condition | null => {
    const field = valuePath(fieldPath(name, spelling))
    if (!collection.fields.includes(field[0] as string)) throw unknownField(collection.name, name)
    if (pattern !== undefined) return pattern === '' ? null : { kind: 'matches', field, pattern, ignoreCase: true }
    return collection.datetimes.includes(name) ? dateCondition(field, spelling, datetime) : null
  })
}
