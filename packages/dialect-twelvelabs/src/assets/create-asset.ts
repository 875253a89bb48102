import { randomBytes } from 'node:crypto'
import type { Asset } from '@inferq/domain'
import type { FastifyRequest } from 'fastify'
import type { Call } from '../call.ts'
import { parse } from '../request/parse.ts'
import { AssetRequest } from './asset-request.ts'
import { nameInUrl } from './file-name.ts'
import { readForm } from './read-form.ts'
import { createUpload } from './upload.ts'

/** Whatever is not answered with an asset leaves no file behind. */
export async function createAsset({ services, caller }: Call, request: FastifyRequest): Promise<Asset> {
  const { company } = caller
  const id = newAssetId()
  const upload = createUpload(services.artifacts, company, id)
  try {
    const asked = parse(AssetRequest, request.isMultipart() ? await readForm(request, upload) : request.body)
    if (asked.method === 'url') {
      const { url, filename = nameInUrl(url) } = asked
      return await services.assets.insertAsset({
        ...{ id, company, filename, contentType: null, sizeBytes: null, at: { url } },
      })
    }
    const { path, sizeBytes, contentType } = asked.file
    const { filename = asked.file.filename } = asked
    return await services.assets.insertAsset({ id, company, filename, contentType, sizeBytes, at: { path } })
  } catch (error) {
    // What is wrong with the request is what its sender must hear of.
    await upload.drop().catch(() => {})
    throw error
  }
}

/** As ids look in this language: 24 hex digits, which begin with the time. */
const newAssetId = () =>
  Math.floor(Date.now() / 1_000)
    .toString(16)
    .padStart(8, '0') + randomBytes(8).toString('hex')
