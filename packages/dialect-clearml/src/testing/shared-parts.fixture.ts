import { existsSync } from 'node:fs'
import { createArtifactFiles, createOperations, type Ports, type StreamedFiles } from '@inferq/domain'
import { createLocalFiles } from '@inferq/files'
import { createAgentRegistry, createLine, requestConnection, untilReady } from '@inferq/queue'
import { openStore, type Store } from '@inferq/store'
import { freshDatabase, postgresAvailable, sharedRedisUrl, tempDir } from '@inferq/testkit'
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
const silentLog = { warn() {}, error() {} }

async function openParts(): Promise<SharedParts> {
  const store = await openTestStore()
  const redis = requestConnection({ url: sharedRedisUrl(), name: 'clearml-test', log: silentLog })
  await untilReady(redis, 10_000)
  const files = createTestFiles()
  const ports: Ports = {
    tasks: store.tasks,
    queues: store.queues,
    agentsLine: store.agentsLine,
    projects: store.projects,
    models: store.models,
    events: store.events,
    fileRecords: store.fileRecords,
    line: createLine(redis, silentLog),
    files,
    limits: { queueCapacity: 1_000, leaseSeconds: 300 },
    knownModels: async () => ['tiny-text'],
    onDeferred(what, cause) {
      throw new Error(`${what} was deferred`, { cause })
    },
  }
  const services: ClearmlServices = {
    operations: createOperations(ports),
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
    if (folder === undefined || !existsSync(folder)) folder = (await tempDir('clearml-files')).path
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
