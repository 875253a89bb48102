import { type Asset, artifactKey, type InputKeeper } from '@inferq/domain'
import type { Call } from '../call.ts'
import { decodeBase64 } from './base64.ts'
import type { AskedSource } from './media-source.ts'
import { refuse } from './parse.ts'

/** Where a worker finds a medium; fits the sources of media and of images. */
export type KeptSource = { url: string } | { base64: string } | { file: string }

export interface SourcePlace {
  /** Which of the task's media it is, from 0. */
  place: number
  /** Where the request has it. */
  path: readonly PropertyKey[]
}

/** A medium as a job names it; its bytes are kept by then. Throws 400 for an asset that is not there. */
export async function keepSource(
  { services, caller }: Call,
  keeper: InputKeeper,
  asked: AskedSource,
  { place, path }: SourcePlace,
): Promise<KeptSource> {
  if ('url' in asked) return asked
  if ('base64' in asked) return keeper.keep(place, decodeBase64(asked.base64))
  const asset = await services.assets.findAsset(caller.company, asked.assetId)
  if (!asset) throw refuse([...path, 'asset_id'], 'there is no asset of that id')
  return sourceOf(asset)
}

const sourceOf = ({ company, at }: Asset): KeptSource => ('url' in at ? at : { file: artifactKey(company, at.path) })
