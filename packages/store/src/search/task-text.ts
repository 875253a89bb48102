import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { absentField, allTests, anyTest, type Field, type Test } from './fields/field.ts'
import { isInMotion, isSettled } from './fields/motion.ts'
import { isOneOf } from './fields/text-field.ts'
import type { KnownJobs } from './known-jobs.ts'
import { rankSql, type TextCondition, textQuery } from './text-query.ts'

const text = sql`tasks.search_text`
const textOfJob = sql`task_search_text(tasks.job, null, null, null, tasks.job)`

/** Tasks that have nothing but the name of their job have no text of their own, and are found by their job. */
export function taskText(condition: TextCondition, jobs: KnownJobs): Test {
  const { wanted, excluded, ids } = textQuery(condition)
  const fits = (text: RawBuilder<unknown>) =>
    allTests([
      wanted ? sql<SqlBool>`${text} @@ ${wanted}` : sql<SqlBool>`${text} is not null`,
      ...(excluded ? [sql<SqlBool>`(${text} @@ ${excluded}) is not true`] : []),
    ])
  const isOfFittingJob = isOneOf(
    sql`tasks.job`,
    jobs.withText(condition).map(({ job }) => job),
  )
  const isOfNewJob = sql<SqlBool>`tasks.job <> all(${[...jobs.all]}::text[])`
  const hasJobOnly = sql<SqlBool>`${text} is null`
  return anyTest([
    fits(text),
    allTests([isSettled, isOfFittingJob, hasJobOnly]),
    allTests([isInMotion, hasJobOnly, anyTest([isOfFittingJob, allTests([isOfNewJob, fits(textOfJob)])])]),
    ...(ids.length === 0 ? [] : [sql<SqlBool>`tasks.id = any(${[...ids]}::uuid[])`]),
  ])
}

/** What is weighed as the name, the comment or the id counts 10, models 2, the rest 1. */
export function taskScore(condition: TextCondition, jobs: KnownJobs): Field | null {
  const { wanted, ids } = textQuery(condition)
  if (!wanted) return null
  const found = jobs.withText(condition)
  const rankOfJob = sql`(${found.map(({ rank }) => rank)}::real[])[
    array_position(${found.map(({ job }) => job)}::text[], tasks.job)]`
  const key = sql`coalesce(${rankSql(text, wanted)}, ${rankOfJob}, ${rankSql(textOfJob, wanted)}, 0)
    + (tasks.id = any(${[...ids]}::uuid[]))::int`
  return { ...absentField, keys: [key], alwaysSet: true }
}
