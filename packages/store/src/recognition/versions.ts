import type { RecognitionStore, RecognitionVersion, VersionSummary } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonText } from '../sql-text.ts'
import { isNumber } from './is-number.ts'
import { countAll, lockSpec } from './specs.ts'

type VersionMethods = Pick<RecognitionStore, 'listVersions' | 'findVersion' | 'createVersion' | 'deleteVersion'>

export const versionMethods = (db: Db): VersionMethods => ({
  async listVersions(company, specId, { offset, limit }) {
    if (specId !== null && !isNumber(specId)) return { count: 0, versions: [] }
    const all = db.selectFrom('recognition_versions').where('recognition_versions.company', '=', company)
    const counted = specId === null ? all : all.where('spec', '=', specId)
    const { count } = await counted.select(countAll).executeTakeFirstOrThrow()
    const own = readSummaries(db, company)
    const page = specId === null ? own : own.where('version.spec', '=', specId)
    const rows = await page.orderBy('version.id').offset(offset).limit(limit).execute()
    return { count, versions: rows.map(summaryOf) }
  },

  async findVersion(company, id) {
    if (!isNumber(id)) return null
    const row = await readVersions(db, company).where('version.id', '=', id).executeTakeFirst()
    return row ? versionOf(row) : null
  },

  createVersion: (company, { specId, networkId, postProcessings }) =>
    db.transaction().execute(async (transaction) => {
      if (!(await lockSpec(transaction, company, specId))) return null
      if (!(await isNetwork(transaction, company, networkId))) return null
      const { id } = await transaction
        .insertInto('recognition_versions')
        .values({ company, spec: specId, network: networkId, post_processings: jsonText(postProcessings) })
        .returning('id')
        .executeTakeFirstOrThrow()
      await makeFirstCurrent(transaction, specId, id)
      const row = await readVersions(transaction, company).where('version.id', '=', id).executeTakeFirstOrThrow()
      return versionOf(row)
    }),

  deleteVersion: (company, id) =>
    db.transaction().execute(async (transaction) => {
      if (!isNumber(id)) return false
      const version = transaction.selectFrom('recognition_versions').where('company', '=', company).where('id', '=', id)
      const seen = await version.select('spec').executeTakeFirst()
      // Spec first, as everyone locks them, so that nobody waits in a circle.
      if (!seen || !(await lockSpec(transaction, company, seen.spec))) return false
      await transaction
        .updateTable('recognition_specs')
        .set({ current_version: null, updated_at: sql<Date>`now()` })
        .where('id', '=', seen.spec)
        .where('current_version', '=', id)
        .execute()
      const { numDeletedRows } = await transaction
        .deleteFrom('recognition_versions')
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows === 1n
    }),
})

/** With the names that they bear now. */
const readSummaries = (db: Db, company: string) =>
  db
    .selectFrom('recognition_versions as version')
    .innerJoin('recognition_specs as spec', 'spec.id', 'version.spec')
    .innerJoin('recognition_networks as network', 'network.id', 'version.network')
    .select(['version.id', 'version.company', 'version.spec', 'spec.name as spec_name', 'version.network'])
    .select(['network.name as network_name', 'version.created_at'])
    .where('version.company', '=', company)

const readVersions = (db: Db, company: string) => readSummaries(db, company).select('version.post_processings')

type RowOf<Read extends typeof readSummaries | typeof readVersions> = Awaited<
  ReturnType<ReturnType<Read>['executeTakeFirstOrThrow']>
>

const versionOf = (row: RowOf<typeof readVersions>): RecognitionVersion => ({
  ...summaryOf(row),
  postProcessings: row.post_processings,
})

const summaryOf = (row: RowOf<typeof readSummaries>): VersionSummary => ({
  id: row.id,
  company: row.company,
  specId: row.spec,
  specName: row.spec_name,
  networkId: row.network,
  networkName: row.network_name,
  createdAt: row.created_at,
})

async function isNetwork(transaction: Db, company: string, id: number): Promise<boolean> {
  if (!isNumber(id)) return false
  const row = await transaction
    .selectFrom('recognition_networks')
    .select('id')
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

async function makeFirstCurrent(transaction: Db, specId: number, id: number): Promise<void> {
  await transaction
    .updateTable('recognition_specs')
    .set({ current_version: id, updated_at: sql<Date>`now()` })
    .where('id', '=', specId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('recognition_versions').select('id').where('spec', '=', specId).where('id', '!=', id))),
    )
    .execute()
}
