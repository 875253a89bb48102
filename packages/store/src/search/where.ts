import { type Condition, DomainError, type FieldPath } from '@inferq/domain'
import { type SqlBool, sql } from 'kysely'
import { allTests, anyTest, type Field, type Test } from './fields/field.ts'
import type { PatternOf } from './read-patterns.ts'
import type { TextCondition } from './text-query.ts'

/** The fields of a collection, and its full text, as SQL. */
export interface Language {
  /** Null: its document has no field of that name. */
  fieldOf(path: FieldPath): Field | null
  text(condition: TextCondition): Test
  /** How well a row fits the search's text. Null: nothing is asked of the text. */
  score(): Field | null
}

/** The condition as SQL. Throws FIELD_UNKNOWN. */
export function whereSql(condition: Condition, language: Language, patternOf: PatternOf): Test {
  const field = (path: FieldPath): Field => {
    const found = language.fieldOf(path)
    if (!found) throw new DomainError('FIELD_UNKNOWN', `there is no field "${path[0] ?? ''}"`)
    return found
  }
  const test = (condition: Condition): Test => {
    switch (condition.kind) {
      case 'and':
        return allTests(condition.of.map(test))
      case 'or':
        return anyTest(condition.of.map(test))
      case 'not':
        // And not `not`, of which a null stays null.
        return sql<SqlBool>`(${test(condition.of)} is not true)`
      case 'any_of':
        return field(condition.field).anyOf(condition.values)
      case 'all_of':
        return field(condition.field).allOf(condition.values)
      case 'empty':
        return field(condition.field).isEmpty()
      case 'matches':
        return field(condition.field).matches(patternOf(condition))
      case 'compare':
        return field(condition.field).compare(condition.op, condition.value)
      case 'text':
        return language.text(condition)
    }
  }
  return test(condition)
}
