import type { TaskStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { columnsWithout, detailedTaskOf } from '../tasks/detailed-row.ts'
import { knownJobs } from './known-jobs.ts'
import { runSearch, textIn } from './run-search.ts'
import { taskLanguage } from './task-language.ts'

export const taskSearcher =
  (db: Db): TaskStore['searchTasks'] =>
  (search, without = []) =>
    runSearch(db, search, {
      table: 'tasks',
      async language(db, search, patternOf) {
        const jobs = await knownJobs(db, search, patternOf)
        return (companies) => taskLanguage(companies, jobs, textIn(search.where))
      },
      async read(db, { rows, order }) {
        const found = await db
          .selectFrom(sql<{ id: string }>`(${rows})`.as('page'))
          // One by one. As a plain join the planner may read the whole table for a page.
          .innerJoinLateral(
            (from) =>
              from
                .selectFrom('tasks')
                .select(columnsWithout(without))
                .where('tasks.id', '=', sql<string>`page.id`)
                .limit(1)
                .as('tasks'),
            (join) => join.onTrue(),
          )
          .selectAll('tasks')
          .orderBy(order)
          .execute()
        return found.map(detailedTaskOf)
      },
    })
