import { expandReferences } from '../document/references.ts'
import { defineEndpoint } from '../endpoint.ts'
import { modelCollection } from '../query/collection.ts'
import { parseQuery, scrollAnswer, searchFor } from '../query/parse-query.ts'
import { queryRequest, readFlag } from '../query/request.ts'
import { modelDocument } from './model-document.ts'

/** As models.get_all, with objects in place of the ids of other things, and on request figures of each model. */
export const modelsGetAllEx = defineEndpoint('models.get_all_ex', {
  since: '2.1',
  request: queryRequest,
  async handle(call, request) {
    const query = parseQuery(request, modelCollection)
    const found = await call.services.models.searchModels(await searchFor(call, query))
    const documents = found.map((model) => modelDocument(call, model, query.selection))
    const expanded = await expandReferences(call, 'model', documents, query.selection)
    const withStats = readFlag(request, 'include_stats')
    const models = found.map(({ labels }, place) => ({
      ...expanded[place],
      ...(withStats ? { stats: { labels_count: Object.keys(labels).length } } : {}),
    }))
    return { models, ...scrollAnswer(query, found.length) }
  },
})
