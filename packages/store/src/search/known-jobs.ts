import type { Search } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { conditionsIn } from './conditions-in.ts'
import { isSettled } from './fields/motion.ts'
import type { Pattern } from './python-regex.ts'
import type { PatternOf } from './read-patterns.ts'
import { rankSql, type TextCondition, textQuery } from './text-query.ts'

/** The names of jobs that there are settled tasks of, and which of them a search asks for. */
export interface KnownJobs {
  readonly all: readonly string[]
  matching(pattern: Pattern): readonly string[]
  /** Those whose tasks fit it when they have nothing else, and how well. */
  withText(condition: TextCondition): readonly { job: string; rank: number }[]
}

/** More kinds of jobs than anybody will ever run. */
const mostJobs = 1_000

/**
 * Asks once for all of a search: tasks that bear the name of their job are found by jobs, of which there are few. Read
 * before the search itself, so that the planner sees which they are.
 */
export async function knownJobs(db: Db, search: Search, patternOf: PatternOf): Promise<KnownJobs> {
  const conditions = conditionsIn(search.where)
  const patterns = conditions.flatMap((condition) => {
    const pattern = condition.kind === 'matches' && condition.field[0] === 'name' ? patternOf(condition) : null
    return pattern && !pattern.equals ? [pattern.expression] : []
  })
  const texts = conditions.filter((condition) => condition.kind === 'text')
  const asksUser = conditions.some((condition) => condition.kind === 'any_of' && condition.field[0] === 'user')
  const isAsked = patterns.length + texts.length > 0 || asksUser
  const companies = search.publicToo ? [search.company, ''] : [search.company]
  const rows = isAsked ? await readJobs(db, companies, patterns, texts) : []
  return {
    all: rows.map(({ job }) => job),
    matching: ({ expression }) => rows.filter(({ fitting }) => fitting.includes(expression)).map(({ job }) => job),
    withText: (condition) => {
      const place = texts.indexOf(condition)
      return rows.flatMap(({ job, ranks }) => (ranks[place] == null ? [] : [{ job, rank: ranks[place] }]))
    },
  }
}

interface JobRow {
  job: string
  /** The patterns that fit its name. */
  fitting: readonly string[]
  /** For each text, how well it fits; null where it does not. */
  ranks: readonly (number | null)[]
}

/** From one job's entries in the index to the next one's, whatever lies between. */
async function readJobs(
  db: Db,
  companies: readonly string[],
  patterns: readonly string[],
  texts: readonly TextCondition[],
): Promise<readonly JobRow[]> {
  const ranks = texts.map(rankOrNull)
  const nextJob = (after: RawBuilder<unknown>) => sql`
    select tasks.job from tasks 
    where tasks.company = jobs.company and ${isSettled} and ${after} order by tasks.job limit 1`
  const { rows } = await sql<JobRow>`
    with recursive jobs as (
      select company, (${nextJob(sql`tasks.job is not null`)}) as job from unnest(${[...companies]}::text[]) as jobs (company)
      union all
      select company, (${nextJob(sql`tasks.job > jobs.job`)}) from jobs where job is not null
    ),
    kinds as (select distinct job from jobs where job is not null limit ${sql.lit(mostJobs)})
    select job,
      array(select pattern from unnest(${patterns}::text[]) as pattern where job ~ pattern) as fitting,
      array[${sql.join(ranks)}]::real[] as ranks
    from kinds, task_search_text(job, null, null, null, job) as text
  `.execute(db)
  return rows
}

function rankOrNull(condition: TextCondition): RawBuilder<unknown> {
  const { wanted, excluded } = textQuery(condition)
  const fits = wanted ? sql`text @@ ${wanted}` : sql`true`
  const isExcluded = excluded ? sql`text @@ ${excluded}` : sql`false`
  return sql`case when ${fits} and (${isExcluded}) is not true then ${wanted ? rankSql(sql`text`, wanted) : sql`0`} end`
}
