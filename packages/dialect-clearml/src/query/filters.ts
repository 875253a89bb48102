import type { Condition, FieldPath } from '@inferq/domain'
import { z } from 'zod'
import { optional, strict } from '../transport/fields.ts'
import { allOf, hasAll, hasAny, isEmpty, not, oneOf } from './conditions.ts'
import { invalid } from './refuse.ts'

const Values = optional(z.array(z.string().nullable()))
const Part = optional(strict({ include: Values, exclude: Values }))
const FieldFilter = strict({ any: Part, all: Part, op: optional(z.enum(['and', 'or'])) })
type Values = z.output<typeof Values>

/** `{ any: { include, exclude }, all: { include, exclude }, op }`. Null stands for having no value at all. */
export function filterCondition(path: FieldPath, field: string, value: unknown): Condition | null {
  const { data: filter, error } = FieldFilter.safeParse(value)
  if (error) throw invalid(`filters.${field}`, error.issues[0]?.message ?? 'malformed filter')
  const { any, all, op } = filter
  const parts = [
    any && oneOf([...asked(path, any.include, hasAny), ...refused(path, any.exclude, hasAll)]),
    all && allOf([...asked(path, all.include, hasAll), ...refused(path, all.exclude, hasAny)]),
  ].map((part) => part ?? null)
  return op === 'or' ? oneOf(parts) : allOf(parts)
}

type Question = (path: FieldPath, values: readonly string[]) => Condition | null

const asked = (path: FieldPath, values: Values, question: Question) => [
  question(path, textsOf(values)),
  values?.includes(null) ? isEmpty(path) : null,
]

function refused(path: FieldPath, values: Values, question: Question) {
  const condition = question(path, textsOf(values))
  return [condition && not(condition), values?.includes(null) ? not(isEmpty(path)) : null]
}

const textsOf = (values: Values): readonly string[] => values?.filter((value) => value !== null) ?? []
