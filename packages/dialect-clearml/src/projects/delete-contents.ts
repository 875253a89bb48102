import type { Condition, Search } from '@inferq/domain'
import type { Call } from '../call.ts'
import { deleteModel } from '../models/delete-model.ts'
import { deleteOne } from '../tasks/delete-one.ts'

const pageSize = 100

const wholeTask = {
  ...{ force: true, status_reason: '', status_message: '', move_to_trash: false, return_file_urls: true },
  ...{ delete_output_models: true, delete_external_artifacts: true, include_pipeline_steps: false },
}

/** Deletes every task and model in a project and below it, whatever their state. */
export async function deleteContents(call: Call, id: string) {
  const { services, identity } = call
  const { company } = identity
  const values = await services.projects.withDescendants(company, [id])
  const where: Condition = { kind: 'any_of', field: ['project'], values }
  const page: Search = { company, publicToo: false, where, order: [], offset: 0, limit: pageSize }
  const modelUrls: string[] = []
  const artifactUrls: string[] = []
  let deletedTasks = 0
  let deletedModels = 0
  for (;;) {
    const tasks = await services.tasks.searchTasks(page)
    for (const task of tasks) {
      const { deleted_models, urls } = await deleteOne(call, task.id, wholeTask)
      deletedTasks += 1
      deletedModels += deleted_models
      modelUrls.push(...(urls?.model_urls ?? []))
      artifactUrls.push(...(urls?.artifact_urls ?? []))
    }
    if (tasks.length < pageSize) break
  }
  for (;;) {
    const models = await services.models.searchModels(page)
    for (const model of models) {
      const { url } = await deleteModel(call, model.id, true)
      deletedModels += 1
      if (url !== '') modelUrls.push(url)
    }
    if (models.length < pageSize) break
  }
  return {
    deleted_tasks: deletedTasks,
    deleted_models: deletedModels,
    urls: { model_urls: modelUrls, artifact_urls: artifactUrls, event_urls: [] },
  }
}
