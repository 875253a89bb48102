import type { Condition } from '@inferq/domain'

/** All that are in it, at any depth. */
export function conditionsIn(where: Condition | null): readonly Condition[] {
  if (where === null) return []
  if (where.kind === 'not') return [where, ...conditionsIn(where.of)]
  return where.kind === 'and' || where.kind === 'or' ? [where, ...where.of.flatMap(conditionsIn)] : [where]
}
