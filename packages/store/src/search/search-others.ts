import type { ModelStore, ProjectStore, QueueStore, UserStore } from '@inferq/domain'
import { sql } from 'kysely'
import { modelColumns, modelOf } from '../models/model-row.ts'
import { projectColumns, projectOf } from '../projects/project-row.ts'
import { queueColumns, queueOf } from '../queues/queue-row.ts'
import type { Db } from '../server/server.ts'
import { userOf, usersWithCompany } from '../users/user-row.ts'
import type { Page } from './page.ts'
import { modelLanguage, projectLanguage, queueLanguage, userLanguage } from './plain-languages.ts'
import { runSearch, textIn } from './run-search.ts'

export const queueSearcher =
  (db: Db): QueueStore['searchQueues'] =>
  (search) =>
    runSearch(db, search, {
      table: 'queues',
      language:
        async (_db, { where }) =>
        () =>
          queueLanguage(textIn(where)),
      async read(db, { rows, order }) {
        const found = await db
          .selectFrom(pageOf(rows))
          .innerJoin('queues', 'queues.id', 'page.id')
          .select(queueColumns)
          .orderBy(order)
          .execute()
        return found.map(queueOf)
      },
    })

export const projectSearcher =
  (db: Db): ProjectStore['searchProjects'] =>
  (search) =>
    runSearch(db, search, {
      table: 'projects',
      language:
        async (_db, { where }) =>
        () =>
          projectLanguage(textIn(where)),
      async read(db, { rows, order }) {
        const found = await db
          .selectFrom(pageOf(rows))
          .innerJoin('projects', 'projects.id', 'page.id')
          .select(projectColumns)
          .orderBy(order)
          .execute()
        return found.map(projectOf)
      },
    })

export const modelSearcher =
  (db: Db): ModelStore['searchModels'] =>
  (search) =>
    runSearch(db, search, {
      table: 'models',
      language:
        async (_db, { where }) =>
        () =>
          modelLanguage(textIn(where)),
      async read(db, { rows, order }) {
        const found = await db
          .selectFrom(pageOf(rows))
          .innerJoin('models', 'models.id', 'page.id')
          .select(modelColumns)
          .orderBy(order)
          .execute()
        return found.map(modelOf)
      },
    })

export const userSearcher =
  (db: Db): UserStore['searchUsers'] =>
  (search) =>
    runSearch(db, search, {
      table: 'users',
      language:
        async (_db, { where }) =>
        () =>
          userLanguage(textIn(where)),
      async read(db, { rows, order }) {
        const found = await usersWithCompany(db).innerJoin(pageOf(rows), 'users.id', 'page.id').orderBy(order).execute()
        return found.map(userOf)
      },
    })

const pageOf = (rows: Page['rows']) => sql<{ id: string }>`(${rows})`.as('page')
