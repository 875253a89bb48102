import type { FastifyRequest } from 'fastify'

/** The parameters of the query as they were sent, repeated ones too. */
export function queryOf({ url }: Pick<FastifyRequest, 'url'>): URLSearchParams {
  const mark = url.indexOf('?')
  return new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1))
}
