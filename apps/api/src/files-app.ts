import { fileServer } from '@inferq/dialect-clearml'
import type { FastifyInstance } from 'fastify'
import type { AppOptions } from './app.ts'
import { createServer } from './http/create-server.ts'

/** The file server alone, with its paths at the root: for clients that expect it on a port of its own. */
export async function buildFilesApp({ services, log, ...limits }: AppOptions): Promise<FastifyInstance> {
  const { maxBodyBytes, trustedProxies } = limits
  const app = await createServer({ metrics: services.metrics, log, maxBodyBytes, trustedProxies })
  await app.register(fileServer, { services: services.clearml, ...limits })
  return app
}
