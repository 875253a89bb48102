import { type SqlBool, sql } from 'kysely'
import { absentField, allTests, anyTest, type Field, type Test } from './fields/field.ts'
import { isOneOf } from './fields/text-field.ts'
import type { KnownJobs } from './known-jobs.ts'
import { type TextCondition, textQuery } from './text-query.ts'

const text = sql`task_search_text(tasks.name, tasks.comment, tasks.models, tasks.script, tasks.job)`

/** The rows in the index of texts. The others have nothing but their job's name, and are found by their job. */
const isIndexed = sql<SqlBool>`(tasks.name is distinct from tasks.job or tasks.comment is not null
  or tasks.models is not null or tasks.script is not null)`
const hasJobOnly = sql<SqlBool>`(tasks.name = tasks.job and tasks.comment is null
  and tasks.models is null and tasks.script is null)`

export function taskText(condition: TextCondition, jobs: KnownJobs): Test {
  const { wanted, excluded, ids } = textQuery(condition)
  const found = wanted && [
    allTests([isIndexed, sql`${text} @@ ${wanted}`]),
    allTests([isOneOf(sql`tasks.job`, jobs.withText(condition)), hasJobOnly]),
    ...(ids.length === 0 ? [] : [sql<SqlBool>`tasks.id = any(${[...ids]}::uuid[])`]),
  ]
  return allTests([
    ...(found ? [anyTest(found)] : []),
    ...(excluded ? [sql<SqlBool>`(${text} @@ ${excluded}) is not true`] : []),
  ])
}

/** Names, comments and ids weigh 10, models 2, the rest 1. */
export function taskScore(condition: TextCondition): Field | null {
  const { wanted, ids } = textQuery(condition)
  if (!wanted) return null
  const rank = sql`ts_rank(array[0.1, 0.2, 1, 1]::real[], ${text}, ${wanted})`
  const key = sql`(${rank} + (tasks.id = any(${[...ids]}::uuid[]))::int)`
  return { ...absentField, keys: [key], alwaysSet: true }
}
