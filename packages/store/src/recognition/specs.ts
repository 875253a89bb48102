import type { RecognitionSpec, RecognitionStore, SpecSummary } from '@inferq/domain'
import { type Selection, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonText, storable } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { isNumber } from './is-number.ts'

type SpecMethods = Pick<RecognitionStore, 'listSpecs' | 'findSpec' | 'createSpec' | 'changeSpec' | 'deleteSpec'>

export const specMethods = (db: Db): SpecMethods => ({
  async listSpecs(company, { offset, limit }) {
    const own = db.selectFrom('recognition_specs').where('company', '=', company)
    const { count } = await own.select(countAll).executeTakeFirstOrThrow()
    const rows = await own.select(summaryColumns).orderBy('id').offset(offset).limit(limit).execute()
    return { count, specs: rows.map(summaryOf) }
  },

  async findSpec(company, id) {
    if (!isNumber(id)) return null
    const row = await db
      .selectFrom('recognition_specs')
      .select(specColumns)
      .where('company', '=', company)
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? specOf(row) : null
  },

  async createSpec(company, { name, description, metadata, outputs }) {
    const row = await db
      .insertInto('recognition_specs')
      .values({
        company,
        name: storable(name),
        description: storable(description),
        metadata: jsonText(metadata),
        outputs: jsonText(outputs),
      })
      .returning(specColumns)
      .executeTakeFirstOrThrow()
    return specOf(row)
  },

  async changeSpec(company, id, changes) {
    const { currentVersionId: version } = changes
    return db.transaction().execute(async (transaction) => {
      if (!(await lockSpec(transaction, company, id))) return null
      if (version != null && !(await isVersionOf(transaction, id, version))) return null
      const row = await transaction
        .updateTable('recognition_specs')
        .set({ ...columnsOf(changes), updated_at: sql<Date>`now()` })
        .where('id', '=', id)
        .returning(specColumns)
        .executeTakeFirstOrThrow()
      return specOf(row)
    })
  },

  async deleteSpec(company, id) {
    if (!isNumber(id)) return false
    const { numDeletedRows } = await db
      .deleteFrom('recognition_specs')
      .where('company', '=', company)
      .where('id', '=', id)
      .executeTakeFirst()
    return numDeletedRows === 1n
  },
})

/** Until the transaction ends nobody else changes it, or adds or deletes one of its versions. False: no such spec. */
export async function lockSpec(transaction: Db, company: string, id: number): Promise<boolean> {
  if (!isNumber(id)) return false
  const row = await transaction
    .selectFrom('recognition_specs')
    .select('id')
    .where('company', '=', company)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

async function isVersionOf(transaction: Db, spec: number, version: number): Promise<boolean> {
  if (!isNumber(version)) return false
  const row = await transaction
    .selectFrom('recognition_versions')
    .select('id')
    .where('spec', '=', spec)
    .where('id', '=', version)
    .executeTakeFirst()
  return row !== undefined
}

export const countAll = sql<number>`count(*)::int`.as('count')

const summaryColumns = [
  'id',
  'company',
  'name',
  'description',
  'metadata',
  'current_version',
  'created_at',
  'updated_at',
] as const
const specColumns = [...summaryColumns, 'outputs'] as const

type Row<Column extends keyof Tables['recognition_specs']> = Selection<Tables, 'recognition_specs', Column>

const specOf = (row: Row<(typeof specColumns)[number]>): RecognitionSpec => ({
  ...summaryOf(row),
  outputs: row.outputs,
})

const summaryOf = (row: Row<(typeof summaryColumns)[number]>): SpecSummary => ({
  id: row.id,
  company: row.company,
  name: row.name,
  description: row.description,
  metadata: row.metadata,
  currentVersionId: row.current_version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** An absent change is an absent column. */
const columnsOf = ({ name, description, metadata, currentVersionId }: Parameters<SpecMethods['changeSpec']>[2]) => ({
  ...(name === undefined ? {} : { name: storable(name) }),
  ...(description === undefined ? {} : { description: storable(description) }),
  ...(metadata === undefined ? {} : { metadata: jsonText(metadata) }),
  ...(currentVersionId === undefined ? {} : { current_version: currentVersionId }),
})
