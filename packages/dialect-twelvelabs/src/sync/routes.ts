import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { callOf } from '../call.ts'
import { json } from '../json.ts'
import type { TwelvelabsOptions } from '../options.ts'
import { embedNow } from './embed-now.ts'

/** Embeddings that a request waits for. */
export function syncRoutes(app: FastifyInstance, { services }: TwelvelabsOptions): void {
  app.post('/embed-v2', async (request, reply) => {
    const pieces = await embedNow(callOf(request, services), request.body, whenGone(reply))
    return reply.type(json).send(Readable.from(pieces))
  })
}

/** Aborts when the connection closes: nobody is left to wait. */
function whenGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  if (raw.destroyed) gone.abort()
  else raw.once('close', () => gone.abort())
  return gone.signal
}
