import type { FastifyReply } from 'fastify'

/** Aborts when the connection closes: nobody is left to hold a request open for. */
export function whenGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return gone.signal
}
