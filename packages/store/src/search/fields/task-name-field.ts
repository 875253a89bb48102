import { sql } from 'kysely'
import type { KnownJobs } from '../known-jobs.ts'
import { anyTest, type Field, type Test } from './field.ts'
import { isOneOf, matchesText, textField } from './text-field.ts'

const name = sql`tasks.name`

/**
 * Most tasks of producers bear the name of their job. Those are not in the index of names, so that inserting them costs
 * nothing; they are found by the jobs whose name fits.
 */
export const taskNameField = (jobs: KnownJobs): Field => {
  const either = (test: Test, fittingJobs: readonly string[]): Test => {
    const own = sql<boolean>`(tasks.name is distinct from tasks.job and ${test})`
    if (fittingJobs.length === 0) return own
    return anyTest([own, sql`(${isOneOf(sql`tasks.job`, fittingJobs)} and tasks.name = tasks.job)`])
  }
  const isOneOfNames = (names: readonly string[]) => either(isOneOf(name, names), names)
  return {
    ...textField(name),
    anyOf: isOneOfNames,
    matches: (pattern) =>
      pattern.equals ? isOneOfNames(pattern.equals) : either(matchesText(name, pattern), jobs.matching(pattern)),
  }
}

/** Likewise: of tasks with a job, the user is in the index of jobs. */
export const taskUserField = (jobs: KnownJobs): Field => {
  const user = sql`tasks.user_id`
  const isOneOfUsers = (users: readonly string[]) =>
    anyTest([
      sql`(tasks.job is null and ${isOneOf(user, users)})`,
      sql`(${isOneOf(sql`tasks.job`, jobs.all)} and ${isOneOf(user, users)})`,
    ])
  return { ...textField(user), anyOf: isOneOfUsers }
}
