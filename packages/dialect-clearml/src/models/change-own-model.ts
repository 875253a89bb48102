import type { Model, ModelChanges } from '@inferq/domain'
import type { Call } from '../call.ts'
import { findOwnModel, unknownModel } from './find-model.ts'

/** Changes a model of the caller's; a function decides on it as it is. Throws 400/201, and 403/21 for a public one. */
export async function changeOwnModel(
  call: Call,
  id: string,
  changes: ModelChanges | ((model: Model) => ModelChanges),
): Promise<Model> {
  const { services, identity } = call
  const changed = await services.models.changeModel(identity.company, id, changes)
  if (changed) return changed
  await findOwnModel(call, id)
  throw unknownModel(id)
}
