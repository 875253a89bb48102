import { endWhenIdle } from '@inferq/forms'
import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import type { TwelvelabsOptions } from '../options.ts'
import { createAsset } from './create-asset.ts'
import { deleteAsset, findAsset } from './find-asset.ts'
import { listAssets } from './list-assets.ts'
import { wireAsset } from './wire-asset.ts'

/** How long nothing may come of an upload. */
const idleMs = 60_000

interface OfAsset {
  Params: { id: string }
}

/** Files that are stored once and named in many requests. */
export function assetRoutes(app: FastifyInstance, { services }: TwelvelabsOptions): void {
  const onRequest = async (request: Parameters<typeof endWhenIdle>[0]) => endWhenIdle(request, idleMs)
  app.post('/assets', { onRequest }, async (request, reply) => {
    const asset = await createAsset(callOf(request, services), request)
    return reply.code(201).send(wireAsset(asset))
  })

  app.get('/assets', async (request) => listAssets(callOf(request, services), request.query))

  app.get<OfAsset>('/assets/:id', async (request) =>
    wireAsset(await findAsset(callOf(request, services), request.params.id)),
  )

  app.delete<OfAsset>('/assets/:id', async (request, reply) => {
    await deleteAsset(callOf(request, services), request.params.id)
    return reply.code(204).send()
  })
}
