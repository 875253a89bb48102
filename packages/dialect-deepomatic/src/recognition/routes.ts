import type { FastifyInstance } from 'fastify'
import type { DeepomaticOptions } from '../options.ts'
import { publicRoutes } from './public-routes.ts'
import { specRoutes } from './spec-routes.ts'
import { versionRoutes } from './version-routes.ts'

/** What can be recognised: by the models of this server as they are, and by what callers have made of them. */
export function recognitionRoutes(scope: FastifyInstance, options: DeepomaticOptions): void {
  publicRoutes(scope, options)
  specRoutes(scope, options)
  versionRoutes(scope, options)
}
