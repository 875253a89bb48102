import type { FastifyReply, FastifyRequest } from 'fastify'

/** Any page may call with a token of its own; only pages of the listed origins may have the cookie sent along. */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply, origins: readonly string[]): void {
  const { origin } = request.headers
  if (origin === undefined) return
  if (origins.length === 0) reply.header('access-control-allow-origin', '*')
  else reply.header('vary', 'Origin')
  if (origins.includes(origin)) {
    reply.header('access-control-allow-origin', origin).header('access-control-allow-credentials', 'true')
  }
  reply.header('access-control-expose-headers', 'server')
  if (request.method !== 'OPTIONS') return
  const asked = request.headers['access-control-request-headers']
  reply.header('access-control-allow-methods', 'GET, POST, PUT, OPTIONS').header('access-control-max-age', '600')
  if (asked) reply.header('access-control-allow-headers', asked)
}

/**
 * Whether the browser's cookie may count. Every endpoint answers GET, so a link on a foreign page could otherwise make a
 * visitor delete their tasks.
 */
export const mayUseCookie = (request: FastifyRequest, origins: readonly string[]): boolean =>
  request.headers['sec-fetch-site'] !== 'cross-site' || origins.includes(request.headers.origin ?? '')
