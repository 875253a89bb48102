import { newTaskId } from '@inferq/domain'
import { defineEndpoint } from '../endpoint.ts'
import { flag, object, text } from '../transport/fields.ts'
import { emptyModel } from './empty-model.ts'
import { changesOf, checkedFields, modelRequest } from './model-fields.ts'

/** Makes a model, of a task or of nobody's; a public one is there for all companies and changes no more. */
export const modelsCreate = defineEndpoint('models.create', {
  since: '2.1',
  request: object({ uri: text, name: text, ready: flag, public: flag, ...modelRequest }),
  async handle(call, { public: isPublic, ...request }) {
    const { services, identity } = call
    const { name, uri, ...others } = await checkedFields(call, request)
    const model = await services.models.createModel({
      ...emptyModel,
      ...changesOf(others),
      ...{ name, uri },
      id: newTaskId(),
      company: isPublic ? '' : identity.company,
      user: identity.user,
    })
    return { id: model.id, created: true }
  },
})
