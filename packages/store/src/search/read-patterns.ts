import type { Condition } from '@inferq/domain'
import { conditionsIn } from './conditions-in.ts'
import { type Pattern, parsePattern } from './python-regex.ts'

export type PatternOf = (condition: Condition & { kind: 'matches' }) => Pattern

/** Reads every regular expression of a search, once. Throws PATTERN_INVALID. */
export function readPatterns(where: Condition | null): { patternOf: PatternOf; areSimple: boolean } {
  const matches = conditionsIn(where).filter((condition) => condition.kind === 'matches')
  const patterns = new Map(matches.map((condition) => [condition, parsePattern(condition.pattern, condition)] as const))
  return {
    patternOf: (condition) => patterns.get(condition) as Pattern,
    areSimple: [...patterns.values()].every(({ equals }) => equals !== null),
  }
}
