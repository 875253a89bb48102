import type { Asset } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** Throws 404, for another company's too. */
export async function findAsset({ services, caller }: Call, id: string): Promise<Asset> {
  const asset = await services.assets.findAsset(caller.company, id)
  if (asset) return asset
  throw new ApiError('resource_not_exist', `there is no asset "${id.slice(0, 100)}"`)
}

/** With its file, and that first: an asset without one can be deleted again, a file without an asset by nobody. */
export async function deleteAsset(call: Call, id: string): Promise<void> {
  const { services } = call
  const { company, at } = await findAsset(call, id)
  if ('path' in at) await services.artifacts.remove(company, at.path)
  await services.assets.deleteAsset(company, id)
}
