import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../errors/api-error.ts'

/**
 * The answer to what no route of this scope takes: 405 where another method would be right, else 404. To be called
 * before the routes are added.
 */
export function noSuchRoute(app: FastifyInstance): (request: FastifyRequest, reply: FastifyReply) => never {
  const methods = new Map<string, Set<string>>()

  function refuse({ url, method }: FastifyRequest, reply: FastifyReply): never {
    const path = withoutSlashAtEnd(url.split('?', 1)[0] as string)
    const allowed = [...methods].flatMap(([pattern, some]) => (fits(path, pattern) ? [...some] : []))
    if (allowed.length === 0) throw new ApiError(404, `there is no ${path}`)
    reply.header('allow', allowed.join(', '))
    throw new ApiError(405, `there is no ${method} of ${path}, only ${allowed.join(', ')}`)
  }

  app.addHook('onRoute', ({ url, method, handler }) => {
    if (handler === refuse) return
    const known = methods.get(url) ?? new Set()
    for (const one of [method].flat()) known.add(one)
    methods.set(url, known)
  })
  return refuse
}

const withoutSlashAtEnd = (path: string) => path.replace(/\/$/, '')

/** `:name` in a pattern stands for any one part of a path. */
function fits(path: string, pattern: string): boolean {
  const [parts, wanted] = [path.split('/'), withoutSlashAtEnd(pattern).split('/')]
  return parts.length === wanted.length && wanted.every((part, i) => part.startsWith(':') || part === parts[i])
}
