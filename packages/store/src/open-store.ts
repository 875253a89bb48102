import type {
  AgentsLine,
  AssetStore,
  CredentialStore,
  EventStore,
  FileRecords,
  ModelStore,
  ProjectStore,
  QueueStore,
  RecognitionStore,
  SampleStore,
  TagStore,
  TaskStore,
  UserStore,
} from '@inferq/domain'
import { createAgentsLine } from './agents-line/agents-line.ts'
import { createAssetStore } from './assets/asset-store.ts'
import { createCredentialStore } from './credentials/credential-store.ts'
import { createEventStore } from './events/event-store.ts'
import { createFileRecords } from './files/file-records.ts'
import { createModelStore } from './models/model-store.ts'
import { createProjectStore } from './projects/project-store.ts'
import { QueueIds } from './queues/queue-ids.ts'
import { createQueueStore } from './queues/queue-store.ts'
import { createRecognitionStore } from './recognition/recognition-store.ts'
import { createSampleStore } from './samples/sample-store.ts'
import { migrate } from './server/migrate.ts'
import { openPglite } from './server/pglite.ts'
import { openPostgres, type PostgresOptions } from './server/postgres.ts'
import type { Server } from './server/server.ts'
import { translateErrors } from './server/store-errors.ts'
import { createTagStore } from './tags/tag-store.ts'
import { createTaskStore } from './tasks/task-store.ts'
import { createUserStore } from './users/user-store.ts'

export interface StoreLimits {
  /** Queues that one company may have; each costs the api a BullMQ queue. */
  maxQueuesPerCompany?: number
}

/** A Postgres server by its URL; or an embedded one with its data under a folder, `in-memory` for none. */
export type StoreOptions = StoreLimits & (PostgresOptions | { dataDir: string })

export interface Store {
  tasks: TaskStore
  queues: QueueStore
  agentsLine: AgentsLine
  projects: ProjectStore
  models: ModelStore
  users: UserStore
  credentials: CredentialStore
  samples: SampleStore
  tags: TagStore
  events: EventStore
  fileRecords: FileRecords
  recognition: RecognitionStore
  assets: AssetStore
  /** Rejects with STORE_UNREACHABLE when the database does not answer in time. */
  ping(): Promise<void>
  /** Brings the tables up to this release; any number of processes may call it at once. Rejects on a newer database. */
  migrate(): Promise<void>
  close(): Promise<void>
}

/** Nothing is read or written yet: call `migrate` before the first use. Every failure rejects with a DomainError. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const server = 'databaseUrl' in options ? openPostgres(options) : await openPglite(options.dataDir)
  return createStore(server, options)
}

export function createStore(server: Server, { maxQueuesPerCompany = 1_000 }: StoreLimits = {}): Store {
  const { db } = server
  const queueIds = new QueueIds(maxQueuesPerCompany)
  return {
    tasks: translateErrors(createTaskStore(db, queueIds)),
    queues: translateErrors(createQueueStore(db, queueIds)),
    agentsLine: translateErrors(createAgentsLine(db)),
    projects: translateErrors(createProjectStore(db)),
    models: translateErrors(createModelStore(db)),
    users: translateErrors(createUserStore(db)),
    credentials: translateErrors(createCredentialStore(db)),
    samples: translateErrors(createSampleStore(db)),
    tags: translateErrors(createTagStore(db)),
    events: translateErrors(createEventStore(db)),
    fileRecords: translateErrors(createFileRecords(db)),
    recognition: translateErrors(createRecognitionStore(db)),
    assets: translateErrors(createAssetStore(db)),
    ...translateErrors({
      ping: () => server.ping(),
      migrate: () => migrate(server),
      close: () => server.close(),
    }),
  }
}
