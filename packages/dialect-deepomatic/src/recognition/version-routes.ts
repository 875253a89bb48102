import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import type { DeepomaticOptions } from '../options.ts'
import { pageOf } from '../pages/page.ts'
import { queryOf } from '../pages/query.ts'
import { sliceOf } from '../pages/slice.ts'
import { createVersion } from './create-version.ts'
import { versionDocument, versionSummary } from './documents.ts'
import { findSpec, findVersion, numberIn, refuse } from './find.ts'

type ById = { Params: { id: string } }

/** Own versions: a model, and from which score on it gives each label of a specification. */
export function versionRoutes(scope: FastifyInstance, { services }: DeepomaticOptions): void {
  const { recognition } = services

  scope.get<ById>('/recognition/specs/:id/versions', async (request) => {
    const slice = sliceOf(queryOf(request))
    const spec = await findSpec(callOf(request, services), request.params.id)
    const { count, versions } = await recognition.listVersions(request.caller.company, spec.id, slice)
    return pageOf(request, { count, results: versions.map(versionSummary) })
  })

  scope.get('/recognition/versions', async (request) => {
    const { count, versions } = await recognition.listVersions(request.caller.company, null, sliceOf(queryOf(request)))
    return pageOf(request, { count, results: versions.map(versionSummary) })
  })

  scope.post('/recognition/versions', async (request, reply) => {
    const version = await createVersion(callOf(request, services), request.body)
    return reply.code(201).send(versionDocument(version))
  })

  scope.get<ById>('/recognition/versions/:id', async (request) =>
    versionDocument(await findVersion(callOf(request, services), request.params.id)),
  )

  scope.delete<ById>('/recognition/versions/:id', async ({ caller, params: { id } }, reply) => {
    const number = numberIn(id)
    if (number === null || !(await recognition.deleteVersion(caller.company, number))) refuse('version', id)
    return reply.code(204).send()
  })
}
