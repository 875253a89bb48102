import { openTestCore } from '@inferq/core-testkit'
import { createArtifactFiles, type Ports } from '@inferq/domain'
import { createAgentRegistry } from '@inferq/queue'
import type { Store } from '@inferq/store'
import Fastify, { type FastifyInstance } from 'fastify'
import { type ClearmlOptions, clearmlApi } from '../index.ts'
import type { ClearmlServices } from '../services.ts'

/** The real parts behind the endpoints. */
export interface SharedParts {
  app: FastifyInstance
  store: Store
  ports: Ports
  services: ClearmlServices
}

let parts: Promise<SharedParts> | undefined

/**
 * Opened once per test process and never closed: the process ends with the run, its connections with the process, and
 * the database with the run's server.
 */
export function sharedParts(): Promise<SharedParts> {
  parts ??= openParts()
  return parts
}

export const maxBodyBytes = 16 * 1024 * 1024

async function openParts(): Promise<SharedParts> {
  const { store, redis, files, ports, operations } = await openTestCore({
    queueCapacity: 1_000,
    knownModels: async () => ['tiny-text'],
  })
  const services: ClearmlServices = {
    operations,
    ...{ tasks: store.tasks, queues: store.queues, agentsLine: store.agentsLine, projects: store.projects },
    ...{ models: store.models, users: store.users, credentials: store.credentials, samples: store.samples },
    tags: store.tags,
    ...{ line: ports.line, files: ports.files, agents: createAgentRegistry(redis), events: store.events },
    artifacts: createArtifactFiles({
      ...{ files, records: store.fileRecords },
      ...{ maxFileBytes: 1024 * 1024, quotaBytes: null },
    }),
    settings: { strictEnqueue: false, leaseSeconds: ports.limits.leaseSeconds },
  }
  return { app: await openApp(services), store, ports, services }
}

export async function openApp(
  services: ClearmlServices,
  options: Partial<ClearmlOptions> = {},
): Promise<FastifyInstance> {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 } })
  await app.register(clearmlApi, { services, maxBodyBytes, ...options })
  await app.ready()
  return app
}
