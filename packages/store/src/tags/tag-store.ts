import type { Condition, TagKind, TagStore } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import { askFittingTasks } from '../projects/fitting-tasks.ts'
import type { Table } from '../search/page.ts'
import { modelLanguage, projectLanguage, queueLanguage, queueSystemTags } from '../search/plain-languages.ts'
import { readPatterns } from '../search/read-patterns.ts'
import { whereSql } from '../search/where.ts'
import type { Db } from '../server/server.ts'
import { SlowAnswers } from './slow-answers.ts'

export function createTagStore(db: Db): TagStore {
  const answers = new SlowAnswers<readonly string[]>()
  return {
    listTags: (company, kind, where) =>
      answers.get(JSON.stringify([company, kind, where]), () => readTags(db, company, kind, where)),
  }
}

/** Beside tasks. */
const others = [
  { table: 'models', language: modelLanguage(null) },
  { table: 'projects', language: projectLanguage(null) },
  { table: 'queues', language: queueLanguage(null) },
] as const

async function readTags(db: Db, company: string, kind: TagKind, where: Condition | null): Promise<readonly string[]> {
  const { patternOf } = readPatterns(where)
  const ofOthers = others.map(({ table, language }) =>
    tagsIn(table, company, kind, where ? whereSql(where, language, patternOf) : sql`true`),
  )
  const { rows } = await askFittingTasks(db, company, where, (db, fits) =>
    sql<{ tag: string }>`
      select distinct tag collate "C" as tag
      from (${sql.join([tagsIn('tasks', company, kind, fits), ...ofOthers], sql` union all `)}) as found
      order by 1`.execute(db),
  )
  return rows.map(({ tag }) => tag)
}

/** Many objects are tagged alike: what is distinct among the lists is found first. */
function tagsIn(table: Table, company: string, kind: TagKind, fits: RawBuilder<unknown>): RawBuilder<unknown> {
  const tags = table === 'queues' && kind === 'system_tags' ? queueSystemTags : sql.ref(`${table}.${kind}`)
  return sql`select unnest(tags) as tag from (
    select distinct ${tags} as tags from ${sql.table(table)}
    where company = ${company} and ${tags} <> '{}' and ${fits}
  ) as lists`
}
