import type { Model, ModelChanges, ModelStore } from '@inferq/domain'
import { sql } from 'kysely'
import { modelSearcher } from '../search/search-others.ts'
import type { Db } from '../server/server.ts'
import { runCallers } from '../server/store-errors.ts'
import { inOrder, isId, jsonText, storable } from '../sql-text.ts'
import { modelColumns, modelOf } from './model-row.ts'

export const createModelStore = (db: Db): ModelStore => ({
  searchModels: modelSearcher(db),

  async findModels(company, ids) {
    const wanted = ids.filter(isId)
    if (wanted.length === 0) return []
    const rows = await db
      .selectFrom('models')
      .select(modelColumns)
      .where('company', 'in', [company, ''])
      .where('id', 'in', wanted)
      .execute()
    return inOrder(wanted, rows.map(modelOf))
  },

  async createModel({ id, company, user, name, uri, ...others }) {
    const row = await db
      .insertInto('models')
      .values({
        id,
        company,
        user_id: user,
        ...columnsOf(others),
        name: storable(name),
        uri: storable(uri),
      })
      .returning(modelColumns)
      .executeTakeFirstOrThrow()
    return modelOf(row)
  },

  async changeModel(company, id, changes) {
    if (!isId(id)) return null
    if (typeof changes !== 'function') return updateModel(db, company, id, changes)
    return db.transaction().execute(async (transaction) => {
      const row = await transaction
        .selectFrom('models')
        .select(modelColumns)
        .where('company', '=', company)
        .where('id', '=', id)
        .forNoKeyUpdate()
        .executeTakeFirst()
      if (!row) return null
      const decided = runCallers(() => changes(modelOf(row)))
      return updateModel(transaction, company, id, decided)
    })
  },

  async listModelsOfTask(company, task) {
    const rows = await db
      .selectFrom('models')
      .select(modelColumns)
      .where('company', '=', company)
      .where('task', '=', storable(task))
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(modelOf)
  },

  async filterUsedAsInput(company, ids, exceptTask) {
    if (ids.length === 0) return new Set()
    const { rows } = await sql<{ id: string }>`
      select wanted.id from unnest(${ids.map(storable)}::text[]) as wanted (id)
      where exists (
        select from tasks
        where tasks.company = ${company}
          and tasks.models @> jsonb_build_object('input', jsonb_build_array(jsonb_build_object('model', wanted.id)))
          and tasks.id is distinct from ${isId(exceptTask) ? exceptTask : null}::uuid
      )`.execute(db)
    return new Set(rows.map((row) => row.id))
  },

  async deleteModels(company, ids) {
    const wanted = ids.filter(isId)
    if (wanted.length === 0) return 0
    const { numDeletedRows } = await db
      .deleteFrom('models')
      .where('company', '=', company)
      .where('id', 'in', wanted)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
})

async function updateModel(db: Db, company: string, id: string, changes: ModelChanges): Promise<Model | null> {
  const row = await db
    .updateTable('models')
    .set({ ...columnsOf(changes), updated_at: sql<Date>`now()` })
    .where('company', '=', company)
    .where('id', '=', id)
    .returning(modelColumns)
    .executeTakeFirst()
  return row ? modelOf(row) : null
}

/** An absent change is an absent column. */
function columnsOf(changes: ModelChanges) {
  const columns = {
    user_id: changes.user,
    name: text(changes.name),
    uri: text(changes.uri),
    framework: text(changes.framework),
    task: text(changes.task),
    parent: text(changes.parent),
    project: changes.project,
    ready: changes.ready,
    labels: changes.labels && jsonText(changes.labels),
    design: changes.design && jsonText(changes.design),
    tags: changes.tags?.map(storable),
    system_tags: changes.systemTags?.map(storable),
    comment: text(changes.comment),
    metadata: changes.metadata && jsonText(changes.metadata),
    ui_cache: changes.uiCache && jsonText(changes.uiCache),
    created_at: changes.createdAt,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

const text = <T extends string | null | undefined>(value: T) => (typeof value === 'string' ? storable(value) : value)
