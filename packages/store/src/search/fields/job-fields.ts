import { type SqlBool, sql } from 'kysely'
import type { KnownJobs } from '../known-jobs.ts'
import { allTests, anyTest, type Field, type Test } from './field.ts'
import { isInMotion, isSettled } from './motion.ts'
import { isOneOf, matchesText, textField } from './text-field.ts'

const name = sql`tasks.name`
const job = sql`tasks.job`

/**
 * Most tasks of producers bear the name of their job. Those are not in the indexes of names, so that inserting them
 * costs nothing; they are found by the jobs whose name fits.
 */
export const taskNameField = (jobs: KnownJobs): Field => {
  const either = (test: Test, fittingJobs: readonly string[]): Test =>
    anyTest([
      sql`(tasks.name is distinct from tasks.job and ${test})`,
      allTests([isSettled, isOneOf(job, fittingJobs), isOneOf(name, fittingJobs)]),
      allTests([isInMotion, sql`tasks.name = tasks.job`, test]),
    ])
  // Compared as another collation's text, which the index of patterns has not: it would be the slower one here.
  const isOneOfNames = (names: readonly string[]) =>
    either(
      allTests([isOneOf(sql`left(tasks.name, 100)`, names.map(indexed)), isOneOf(sql`${name} collate "C"`, names)]),
      names,
    )
  return {
    ...textField(name),
    anyOf: isOneOfNames,
    matches: (pattern) =>
      pattern.equals ? isOneOfNames(pattern.equals) : either(matchesText(name, pattern), jobs.matching(pattern)),
  }
}

/** What of a name is in the index of whole names. */
const indexed = (name: string) => [...name].slice(0, 100).join('')

/** Likewise: of settled tasks with a job, the user is in the index of jobs. */
export const taskUserField = (jobs: KnownJobs): Field => {
  const user = sql`tasks.user_id`
  return {
    ...textField(user),
    anyOf: (users) => {
      const isTheirs = isOneOf(user, users)
      return anyTest([
        sql<SqlBool>`(tasks.job is null and ${isTheirs})`,
        allTests([isSettled, isOneOf(job, jobs.all), isTheirs]),
        allTests([isInMotion, isTheirs]),
      ])
    },
  }
}
