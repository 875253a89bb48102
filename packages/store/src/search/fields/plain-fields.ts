import { type RawBuilder, sql } from 'kysely'
import { type Field, never, operators } from './field.ts'

export const numberField = (value: RawBuilder<unknown>): Field => ({
  ...plainField(value),
  anyOf: (values) => sql`${value} = any(${values.map(Number).filter(Number.isFinite)}::float8[])`,
  compare: (op, to) => (typeof to === 'number' ? sql`${value} ${operators[op]} ${to}::float8` : never),
})

export const timeField = (value: RawBuilder<unknown>): Field => ({
  ...plainField(value),
  compare: (op, to) => (to instanceof Date ? sql`${value} ${operators[op]} ${to}::timestamptz` : never),
})

export const flagField = (value: RawBuilder<unknown>): Field => ({
  ...plainField(value),
  anyOf: (values) => sql`${value}::text = any(${[...values]}::text[])`,
  compare: (op, to) => (op === '=' && typeof to === 'boolean' ? sql`${value} = ${to}::boolean` : never),
})

const plainField = (value: RawBuilder<unknown>): Field => ({
  anyOf: () => never,
  allOf: () => never,
  isEmpty: () => sql`${value} is null`,
  matches: () => never,
  compare: () => never,
  keys: [value],
})
