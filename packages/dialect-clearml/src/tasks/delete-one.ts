import type { z } from 'zod'
import type { Call } from '../call.ts'
import { defaulted, flag, type object } from '../transport/fields.ts'
import { fileUrls, outputFiles } from './file-urls.ts'
import { onOwnTask } from './on-own-task.ts'
import { spoken } from './status-request.ts'

/** Nothing is kept for later: `move_to_trash` changes nothing. Of external artifacts only our own files can be deleted. */
export const deletion = {
  force: flag,
  ...spoken,
  move_to_trash: flag,
  return_file_urls: flag,
  delete_output_models: defaulted(flag, true),
  delete_external_artifacts: defaulted(flag, true),
  include_pipeline_steps: flag,
}
type Deletion = z.output<ReturnType<typeof object<typeof deletion>>>

export async function deleteOne(call: Call, id: string, request: Deletion) {
  const { force, delete_output_models, delete_external_artifacts, include_pipeline_steps, return_file_urls } = request
  const options = {
    ...{ force, deleteOutputModels: delete_output_models, includeSteps: include_pipeline_steps },
    outputFiles: delete_external_artifacts ? outputFiles : undefined,
  }
  const { deleteDetailed } = call.services.operations
  const { task, updatedChildren, updatedModels, deletedModels } = await onOwnTask(call, id, () =>
    deleteDetailed(call.identity.company, id, options),
  )
  return {
    deleted: true,
    updated_children: updatedChildren,
    updated_models: updatedModels,
    deleted_models: deletedModels.length,
    urls: return_file_urls ? fileUrls(task, deletedModels) : null,
  }
}
