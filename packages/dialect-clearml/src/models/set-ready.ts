import type { Model } from '@inferq/domain'
import type { Call } from '../call.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { publishOne } from '../tasks/publish-one.ts'
import { flag, object, text } from '../transport/fields.ts'
import { changeOwnModel } from './change-own-model.ts'
import { findCreatingTask } from './creating-task.ts'
import { findOwnModel } from './find-model.ts'

/** Publishes a model, and with `publish_task` first the task that made it. */
export const modelsSetReady = defineEndpoint('models.set_ready', {
  since: '2.1',
  request: object({ model: text, publish_task: flag, force_publish_task: flag }),
  async handle(call, { model: id, publish_task, force_publish_task }) {
    const model = await findOwnModel(call, id)
    if (model.ready) throw new ApiError('modelIsReady', '', { model: id })
    const published_task = publish_task ? await publishTaskOf(call, model, force_publish_task) : null
    await changeOwnModel(call, id, { ready: true })
    return { updated: 1, ...(published_task && { published_task }) }
  },
})

/** Null: it has none, or that is published already. */
async function publishTaskOf(call: Call, model: Model, force: boolean) {
  const task = await findCreatingTask(call, model)
  if (!task || task.status === 'published') return null
  const request = { force, publish_model: false, status_reason: '', status_message: '' }
  return { id: task.id, data: await publishOne(call, task.id, request) }
}
