import type { Condition, FieldPath } from '@inferq/domain'

/** All that are given must hold. Null: nothing is asked. */
export const allOf = (conditions: readonly (Condition | null)[]): Condition | null => join('and', conditions)

/** At least one of those given must hold. Null: nothing is asked. */
export const oneOf = (conditions: readonly (Condition | null)[]): Condition | null => join('or', conditions)

export const not = (of: Condition): Condition => ({ kind: 'not', of })

export const isEmpty = (field: FieldPath): Condition => ({ kind: 'empty', field })

export const hasAny = (field: FieldPath, values: readonly string[]): Condition | null =>
  values.length === 0 ? null : { kind: 'any_of', field, values }

/** One value is the same question as any of one, which plain fields understand too. */
export const hasAll = (field: FieldPath, values: readonly string[]): Condition | null =>
  values.length > 1 ? { kind: 'all_of', field, values } : hasAny(field, values)

function join(kind: 'and' | 'or', conditions: readonly (Condition | null)[]): Condition | null {
  const of = conditions.filter((condition) => condition !== null)
  return of.length > 1 ? { kind, of } : (of[0] ?? null)
}
