import { isoDate } from '../document/iso-date.ts'
import { defineEndpoint } from '../endpoint.ts'
import { date } from '../query/date-field.ts'
import { anyObject, flag, list, object, optional, text, whole } from '../transport/fields.ts'
import { writeModel } from './write-model.ts'

/** Notes something about a model. What makes it the model that it is, is for models.edit. */
export const modelsUpdate = defineEndpoint('models.update', {
  since: '2.1',
  request: object({
    model: text,
    name: optional(text),
    comment: optional(text),
    tags: optional(list(text)),
    system_tags: optional(list(text)),
    ready: optional(flag),
    created: optional(date),
    ui_cache: optional(anyObject),
    project: optional(text),
    task: optional(text),
    iteration: optional(whole),
  }),
  async handle(call, { model, ...request }) {
    const { updated, fields } = await writeModel(call, model, request)
    const { created } = fields
    return { updated, fields: created ? { ...fields, created: isoDate(created) } : fields }
  },
})
