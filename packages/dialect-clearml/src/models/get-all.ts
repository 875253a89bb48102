import { defineEndpoint } from '../endpoint.ts'
import { modelCollection } from '../query/collection.ts'
import { parseQuery, scrollAnswer, searchFor } from '../query/parse-query.ts'
import { queryRequest } from '../query/request.ts'
import { modelDocument } from './model-document.ts'

/** Own and public models in the query language. */
export const modelsGetAll = defineEndpoint('models.get_all', {
  since: '2.1',
  request: queryRequest,
  async handle(call, request) {
    const query = parseQuery(request, modelCollection)
    const found = await call.services.models.searchModels(await searchFor(call, query))
    return {
      models: found.map((model) => modelDocument(call, model, query.selection)),
      ...scrollAnswer(query, found.length),
    }
  },
})
