import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import type { DeepomaticOptions } from '../options.ts'
import { pageOf } from '../pages/page.ts'
import { queryOf } from '../pages/query.ts'
import { sliceOf } from '../pages/slice.ts'
import { publicDocument, publicSummary } from './documents.ts'
import { findPublic } from './find.ts'
import { offersOf } from './offers.ts'

/** One specification for each model and job that workers have told of. */
export function publicRoutes(scope: FastifyInstance, { services }: DeepomaticOptions): void {
  scope.get('/recognition/public', async (request) => {
    const { offset, limit } = sliceOf(queryOf(request))
    const offers = await offersOf(callOf(request, services))
    const results = offers.slice(offset, offset + limit).map(publicSummary)
    return pageOf(request, { count: offers.length, results })
  })

  scope.get<{ Params: { name: string } }>('/recognition/public/:name', async (request) =>
    publicDocument(await findPublic(callOf(request, services), request.params.name)),
  )
}
