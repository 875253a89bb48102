import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import type { DeepomaticOptions } from '../options.ts'
import { pageOf } from '../pages/page.ts'
import { queryOf } from '../pages/query.ts'
import { sliceOf } from '../pages/slice.ts'
import { parse } from '../request/parse.ts'
import { changeSpec } from './change-spec.ts'
import { specDocument, specSummary } from './documents.ts'
import { findSpec, numberIn, refuse } from './find.ts'
import { SpecToCreate } from './spec-schema.ts'

type ById = { Params: { id: string } }

/** Own specifications: labels to tell apart, and which version of them runs. */
export function specRoutes(scope: FastifyInstance, { services }: DeepomaticOptions): void {
  const { recognition } = services

  scope.get('/recognition/specs', async (request) => {
    const { count, specs } = await recognition.listSpecs(request.caller.company, sliceOf(queryOf(request)))
    return pageOf(request, { count, results: specs.map(specSummary) })
  })

  scope.post('/recognition/specs', async ({ caller, body }, reply) => {
    const spec = await recognition.createSpec(caller.company, parse(SpecToCreate, body))
    return reply.code(201).send(specDocument(spec))
  })

  scope.get<ById>('/recognition/specs/:id', async (request) =>
    specDocument(await findSpec(callOf(request, services), request.params.id)),
  )

  // Both change what is sent and leave the rest: clients send with PUT what they know of.
  scope.route<ById>({
    method: ['PATCH', 'PUT'],
    url: '/recognition/specs/:id',
    handler: async (request) => {
      const call = callOf(request, services)
      const spec = await findSpec(call, request.params.id)
      return specDocument(await changeSpec(call, spec, request.body))
    },
  })

  scope.delete<ById>('/recognition/specs/:id', async ({ caller, params: { id } }, reply) => {
    const number = numberIn(id)
    if (number === null || !(await recognition.deleteSpec(caller.company, number))) refuse('specification', id)
    return reply.code(204).send()
  })
}
