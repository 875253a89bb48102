import type { Comparison } from '@inferq/domain'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Pattern } from '../python-regex.ts'

export type Test = RawBuilder<SqlBool>
export type Value = RawBuilder<unknown>

/** How a field of a document answers the questions of a search. A test that is null counts as one that failed. */
export interface Field {
  anyOf(values: readonly string[]): Test
  allOf(values: readonly string[]): Test
  isEmpty(): Test
  matches(pattern: Pattern): Test
  compare(op: Comparison, value: Date | number | string | boolean): Test
  /** By what it is ordered, one after the other; all are null where it is empty. */
  readonly keys: readonly Value[]
  /** It is never empty. */
  readonly alwaysSet?: boolean
  /** Only of a field that indexes have in order: how to walk there through all rows where it is not empty. */
  readonly walks?: readonly Walk[]
}

/** Some of the rows, in the order of an index. */
export interface Walk {
  readonly join?: RawBuilder<unknown>
  readonly where: Test
  readonly keys: readonly Value[]
  /** What selects the rows part by part, and each part up to the page's end. */
  readonly around?: (part: RawBuilder<unknown>) => RawBuilder<unknown>
}

export const never: Test = sql`false`

export const allTests = (tests: readonly Test[]): Test =>
  tests.length === 0 ? sql`true` : sql`(${sql.join(tests, sql` and `)})`

export const anyTest = (tests: readonly Test[]): Test =>
  tests.length === 0 ? never : sql`(${sql.join(tests, sql` or `)})`

/** Postgres knows no operator as a parameter; these are all there are. */
export const operators: Readonly<Record<Comparison, RawBuilder<unknown>>> = {
  '=': sql`=`,
  '<': sql`<`,
  '<=': sql`<=`,
  '>': sql`>`,
  '>=': sql`>=`,
}

/** What a document never has: it is empty, and fits nothing. */
export const absentField: Field = {
  anyOf: () => never,
  allOf: () => never,
  isEmpty: () => sql`true`,
  matches: () => never,
  compare: () => never,
  keys: [],
}
