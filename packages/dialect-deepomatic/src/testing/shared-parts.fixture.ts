import { existsSync } from 'node:fs'
import { createOperations, DomainError, type Ports, type StreamedFiles } from '@inferq/domain'
import { createLocalFiles } from '@inferq/files'
import { createImageModelAnnouncer, createLine, requestConnection, untilReady } from '@inferq/queue'
import { openStore, type Store } from '@inferq/store'
import { freshDatabase, postgresAvailable, sharedRedisUrl, tempDir } from '@inferq/testkit'
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
const silentLog = { warn() {}, error() {} }

async function openParts(): Promise<SharedParts> {
  const store = await openTestStore()
  const redis = requestConnection({ url: sharedRedisUrl(), name: 'deepomatic-test', log: silentLog })
  await untilReady(redis, 10_000)
  const line = createLine(redis, silentLog)
  const files = createTestFiles()
  const ports: Ports = {
    tasks: store.tasks,
    queues: store.queues,
    agentsLine: store.agentsLine,
    projects: store.projects,
    models: store.models,
    events: store.events,
    fileRecords: store.fileRecords,
    ...{ line, files },
    limits: { queueCapacity, leaseSeconds: 300 },
    knownModels: async (company) => ['tiny-text', ...(await line.imageModels(company)).map(({ name }) => name)],
    onDeferred(what, cause) {
      throw new Error(`${what} was deferred`, { cause })
    },
  }
  const operations = createOperations(ports)
  const services: DeepomaticServices = {
    async authenticate(secretKey) {
      const credential = await store.credentials.findBySecret(secretKey)
      if (!credential) throw new DomainError('UNAUTHENTICATED', 'the credential is unknown or revoked')
      return credential
    },
    async submit(submission) {
      const [answer] = await operations.submitTasks([submission])
      if (!answer) throw new Error('one submission has one answer')
      return answer
    },
    ...{ tasks: store.tasks, users: store.users, files, recognition: store.recognition },
    result: async ({ result, resultKey }) => (resultKey === null ? result : files.getText(resultKey)),
    imageModels: (company) => line.imageModels(company),
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

async function openTestStore(): Promise<Store> {
  const store = postgresAvailable()
    ? await openStore({ databaseUrl: (await freshDatabase(migrate)).url, maxConnections: 4 })
    : await openStore({ dataDir: 'in-memory' })
  await store.migrate()
  return store
}

async function migrate(databaseUrl: string): Promise<void> {
  const store = await openStore({ databaseUrl })
  await store.migrate()
  await store.close()
}

/** Files in a temporary folder, which the leak check takes away after each test file. */
function createTestFiles(): StreamedFiles {
  let folder: string | undefined
  const files = async () => {
    if (folder === undefined || !existsSync(folder)) folder = (await tempDir('deepomatic-files')).path
    return createLocalFiles(folder)
  }
  return {
    put: async (key, data) => (await files()).put(key, data),
    getText: async (key) => (await files()).getText(key),
    delete: async (key) => (await files()).delete(key),
    write: async (key, source) => (await files()).write(key, source),
    stat: async (key) => (await files()).stat(key),
    read: async (key, range) => (await files()).read(key, range),
  }
}
