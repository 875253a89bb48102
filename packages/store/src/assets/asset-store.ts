import type { Asset, AssetStore } from '@inferq/domain'
import { type Selectable, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { storable } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

export const createAssetStore = (db: Db): AssetStore => ({
  async insertAsset({ id, company, filename, contentType, sizeBytes, at }) {
    const row = await db
      .insertInto('assets')
      .values({
        ...{ id, company, size_bytes: sizeBytes },
        filename: maybeText(filename),
        content_type: maybeText(contentType),
        path: 'path' in at ? at.path : null,
        url: 'url' in at ? storable(at.url) : null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return assetOf(row)
  },

  async findAsset(company, id) {
    const row = await db
      .selectFrom('assets')
      .selectAll()
      .where('id', '=', storable(id))
      .where('company', '=', company)
      .executeTakeFirst()
    return row ? assetOf(row) : null
  },

  async listAssets(company, { offset, limit }) {
    const ofCompany = db.selectFrom('assets').where('company', '=', company)
    const page = ofCompany.selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').offset(offset).limit(limit)
    const [rows, { total }] = await Promise.all([
      page.execute(),
      ofCompany.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
    ])
    return { assets: rows.map(assetOf), total }
  },

  async deleteAsset(company, id) {
    const row = await db
      .deleteFrom('assets')
      .where('id', '=', storable(id))
      .where('company', '=', company)
      .returningAll()
      .executeTakeFirst()
    return row ? assetOf(row) : null
  },
})

const maybeText = (text: string | null): string | null => (text === null ? null : storable(text))

const assetOf = (row: Selectable<Tables['assets']>): Asset => ({
  id: row.id,
  company: row.company,
  filename: row.filename,
  contentType: row.content_type,
  sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
  // The table sees to it that one of them is there.
  at: row.path === null ? { url: row.url ?? '' } : { path: row.path },
  createdAt: row.created_at,
})
