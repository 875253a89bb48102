import { type DetailedTask, type Model, newTaskId } from '@inferq/domain'
import type { Call } from '../call.ts'
import { requireOwnTask } from '../document/own-tasks.ts'
import { executionOf } from '../document/parts/execution.ts'
import { requireDraftOrRunning } from '../document/require-status.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { putModel } from '../tasks/put-model.ts'
import { list, object, optional, text, whole } from '../transport/fields.ts'
import { changeOwnModel } from './change-own-model.ts'
import { emptyModel } from './empty-model.ts'
import { findOwnModel } from './find-model.ts'
import { changesOf, checkedFields } from './model-fields.ts'

/** Gives a task a model with these weights: one that it has is changed, else one is made, and the task names it. */
export const modelsUpdateForTask = defineEndpoint('models.update_for_task', {
  since: '2.1',
  request: object({
    task: text,
    uri: optional(text),
    name: optional(text),
    comment: optional(text),
    tags: optional(list(text)),
    system_tags: optional(list(text)),
    override_model_id: optional(text),
    iteration: optional(whole),
  }),
  async handle(call, { task: id, override_model_id, iteration, ...request }) {
    if (!request.uri && !override_model_id) {
      throw new ApiError('missingRequiredFields', 'expected uri or override_model_id')
    }
    const task = await requireOwnTask(call, id)
    requireDraftOrRunning(task)
    const fields = await checkedFields(call, request)
    const present = override_model_id
      ? await findOwnModel(call, override_model_id)
      : await findModelOf(call, id, request.uri)
    const model = { ...(present ?? newModel(call, task)), ...changesOf(fields) }
    // Named first: a task that moved on meanwhile refuses it, and then nothing may have been written.
    await putModel(call, id, { type: 'output', name: model.name, model: model.id, iteration })
    if (present === undefined) {
      await call.services.models.createModel(model)
      return { id: model.id, created: true }
    }
    const isChanged = Object.keys(fields).length > 0
    if (isChanged) await changeOwnModel(call, model.id, changesOf(fields))
    return { id: model.id, created: false, updated: Number(isChanged), fields }
  },
})

/** The newest, should it have been made twice. */
async function findModelOf({ services, identity }: Call, task: string, uri = ''): Promise<Model | undefined> {
  const [model] = await services.models.searchModels({
    ...{ company: identity.company, publicToo: false, offset: 0, limit: 1 },
    where: {
      kind: 'and',
      of: [
        { kind: 'any_of', field: ['task'], values: [task] },
        { kind: 'any_of', field: ['uri'], values: [uri] },
      ],
    },
    order: [{ field: ['created'], descending: true }],
  })
  return model
}

/** As the task says that its models are. */
function newModel({ identity }: Call, task: DetailedTask) {
  const { framework = null, model_labels } = executionOf(task)
  return {
    ...emptyModel,
    ...{ id: newTaskId(), company: identity.company, user: identity.user, task: task.id, project: task.project },
    ...{ name: task.name, uri: '', framework, labels: model_labels, comment: `Made by task ${task.id}` },
  }
}
