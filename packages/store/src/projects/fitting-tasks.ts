import type { Condition, Search } from '@inferq/domain'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { knownJobs } from '../search/known-jobs.ts'
import { readPatterns } from '../search/read-patterns.ts'
import { withinPatternTime } from '../search/run-search.ts'
import { taskLanguage } from '../search/task-language.ts'
import { whereSql } from '../search/where.ts'
import type { Db } from '../server/server.ts'

/** Asks something about the company's tasks that fit a condition, of which `ask` is given the test of one row. */
export async function askFittingTasks<Answer>(
  db: Db,
  company: string,
  where: Condition | null,
  ask: (db: Db, fits: RawBuilder<SqlBool>) => Promise<Answer>,
): Promise<Answer> {
  if (where === null) return ask(db, sql`true`)
  const search: Search = { company, publicToo: false, where, order: [], offset: 0, limit: 0 }
  const { patternOf, areSimple } = readPatterns(where)
  const run = async (db: Db) => {
    const jobs = await knownJobs(db, search, patternOf)
    return ask(db, whereSql(where, taskLanguage([company], jobs, null), patternOf))
  }
  return areSimple ? run(db) : withinPatternTime(db, run)
}
