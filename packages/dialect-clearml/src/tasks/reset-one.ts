import type { z } from 'zod'
import type { Call } from '../call.ts'
import { clearedByReset } from '../document/cleared-by-reset.ts'
import { withInputs } from '../document/task-inputs.ts'
import { defaulted, flag, type object } from '../transport/fields.ts'
import { fileUrls, outputFiles } from './file-urls.ts'
import { onOwnTask } from './on-own-task.ts'
import { statusAnswer } from './status-answer.ts'
import { spoken } from './status-request.ts'

/** The reason and the message of the request do not count: after a reset both say so. */
export const resetting = {
  force: flag,
  ...spoken,
  clear_all: flag,
  return_file_urls: flag,
  delete_output_models: defaulted(flag, true),
  delete_external_artifacts: defaulted(flag, true),
}
type Resetting = z.output<ReturnType<typeof object<typeof resetting>>>

export async function resetOne(call: Call, id: string, request: Resetting) {
  const { force, clear_all, return_file_urls, delete_output_models, delete_external_artifacts } = request
  const { identity, services } = call
  const reset = await onOwnTask(call, id, () =>
    withInputs(
      services.files,
      id,
      (inputs) =>
        services.operations.resetDetailed(identity.company, id, {
          ...{ by: identity.user, force, deleteOutputModels: delete_output_models },
          outputFiles: delete_external_artifacts ? outputFiles : undefined,
          cleared: (task) => clearedByReset(task, { clearAll: clear_all, inputs }),
        }),
      ({ task }) => task.inputKey,
    ),
  )
  return {
    ...statusAnswer(reset),
    leftLines: reset.leftLines,
    deleted_models: reset.deletedModels.length,
    urls: return_file_urls ? fileUrls(reset.before, reset.deletedModels) : {},
  }
}
