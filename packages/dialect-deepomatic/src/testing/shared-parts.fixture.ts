import { openTestCore } from '@inferq/core-testkit'
import type { Ports, StreamedFiles } from '@inferq/domain'
import { createImageModelAnnouncer } from '@inferq/queue'
import type { Store } from '@inferq/store'
import Fastify, { type FastifyInstance } from 'fastify'
import { type DeepomaticServices, deepomaticApi, withoutDoubledSlashes } from '../index.ts'

/** The real parts behind the endpoints. */
export interface SharedParts {
  /** Where the shared app listens. */
  origin: string
  store: Store
  ports: Ports
  files: StreamedFiles
  services: DeepomaticServices
  /** Says what a worker of that company says of its models. */
  announce(company: string, models: Awaited<ReturnType<DeepomaticServices['imageModels']>>): Promise<void>
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
/** So small that a test can fill a queue. */
export const queueCapacity = 50

async function openParts(): Promise<SharedParts> {
  const { store, redis, ports, files, authenticate, submit, result } = await openTestCore({
    queueCapacity,
    knownModels: async (company, line) => ['tiny-text', ...(await line.imageModels(company)).map(({ name }) => name)],
  })
  const services: DeepomaticServices = {
    ...{ authenticate, submit, result },
    ...{ tasks: store.tasks, users: store.users, files, recognition: store.recognition },
    imageModels: (company) => ports.line.imageModels(company),
    settings: { queue: 'default' },
  }
  return {
    origin: await listen(services),
    ...{ store, ports, files, services },
    announce: (company, models) => createImageModelAnnouncer(redis, company)([...models]),
  }
}

/** Starts an app that is never closed; answers where it is. */
export async function listen(services: DeepomaticServices): Promise<string> {
  const app = await openApp(services)
  return app.listen({ port: 0, host: '127.0.0.1' })
}

async function openApp(services: DeepomaticServices): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: maxBodyBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    rewriteUrl: ({ url = '/' }) => withoutDoubledSlashes(url, '/v0.7'),
  })
  await app.register(deepomaticApi, { prefix: '/v0.7', services })
  // As another language has it, whose paths look like those of this one.
  app.all('/:version(^v[0-9.]+$)/:call', () => 'another language')
  return app
}
