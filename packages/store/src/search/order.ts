import { type RawBuilder, sql } from 'kysely'
import type { Field, Value } from './fields/field.ts'

/** A column of the inner select, and how it orders. */
export interface Key {
  readonly value: Value
  readonly how: RawBuilder<unknown>
}

export interface FieldOrder {
  readonly field: Field
  readonly descending: boolean
}

const ascends = sql`asc`
const descends = sql`desc`

/** The way that an index goes, in one direction or the other. */
export const plainKeys = (values: readonly Value[], descending: boolean): readonly Key[] =>
  values.map((value) => ({ value, how: descending ? descends : ascends }))

/** Of the first field: what is empty comes last in both directions. */
export const firstKeys = (order: FieldOrder): readonly Key[] => keysOf(order, true)

/** Of those that follow: what is empty comes before all values, and so last when they descend. */
export const followingKeys = (order: FieldOrder): readonly Key[] => keysOf(order, order.descending)

function keysOf({ field, descending }: FieldOrder, emptyLast: boolean): readonly Key[] {
  if (field.alwaysSet) return plainKeys(field.keys, descending)
  const nulls = emptyLast ? sql`nulls last` : sql`nulls first`
  const direction = descending ? descends : ascends
  const [only, ...others] = field.keys
  if (only === undefined) return []
  if (others.length === 0) return [{ value: only, how: sql`${direction} ${nulls}` }]
  const isEmpty = sql`(${sql.join(
    field.keys.map((key) => sql`${key} is null`),
    sql` and `,
  )})`
  return [{ value: isEmpty, how: emptyLast ? ascends : descends }, ...plainKeys(field.keys, descending)]
}
