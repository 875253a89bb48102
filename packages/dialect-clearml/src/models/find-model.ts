import type { Model } from '@inferq/domain'
import type { Call } from '../call.ts'
import { ApiError } from '../errors/api-error.ts'

/** A model that the caller can see. Throws 400/201. */
export async function findModel({ services, identity }: Call, id: string): Promise<Model> {
  const [model] = await services.models.findModels(identity.company, [id])
  if (!model) throw unknownModel(id)
  return model
}

/** A model that the caller may change. Throws 400/201, and 403/21 for a public one. */
export async function findOwnModel(call: Call, id: string): Promise<Model> {
  const model = await findModel(call, id)
  if (model.company === '') throw new ApiError('noWritePermission', 'the model is public', { id })
  return model
}

export const unknownModel = (id: string) => new ApiError('invalidModelId', '', { id })
