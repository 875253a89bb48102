import { z } from 'zod'
import type { Call } from '../call.ts'
import { pageFields, pageInfo, sliceOf } from '../request/page.ts'
import { parse } from '../request/parse.ts'
import { wireAsset } from './wire-asset.ts'

/** A filter that is not looked at would answer what was not asked for. */
const noFilter = z.undefined('is no filter of this server; leave it out').optional()

const ListQuery = z.object({ ...pageFields, asset_ids: noFilter, asset_types: noFilter, filename: noFilter })

/** A page of assets, the newest first. */
export async function listAssets({ services, caller }: Call, query: unknown) {
  const asked = parse(ListQuery, query)
  const { assets, total } = await services.assets.listAssets(caller.company, sliceOf(asked))
  return { data: assets.map(wireAsset), page_info: pageInfo(asked, total) }
}
