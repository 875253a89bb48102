import type {
  AgentRegistry,
  AgentsLine,
  ArtifactFiles,
  CredentialStore,
  EventStore,
  FileStore,
  ModelStore,
  Operations,
  ProjectStore,
  QueueStore,
  SampleStore,
  TagStore,
  TaskQueue,
  TaskStore,
  UserStore,
} from '@inferq/domain'

/** What the endpoints work with; the api decides what stands behind each. */
export interface ClearmlServices {
  operations: Operations
  tasks: TaskStore
  queues: QueueStore
  agentsLine: AgentsLine
  projects: ProjectStore
  models: ModelStore
  events: EventStore
  users: UserStore
  credentials: CredentialStore
  agents: AgentRegistry
  samples: SampleStore
  tags: TagStore
  line: TaskQueue
  files: FileStore
  /** What people and agents upload to the file server. */
  artifacts: ArtifactFiles
  settings: ClearmlSettings
}

export interface ClearmlSettings {
  /** Refuse to enqueue what the reference page says cannot be enqueued, though the vendor's own server takes it. */
  strictEnqueue: boolean
  /** How long an agent may hold a task that it took from its queue before it starts it. */
  leaseSeconds: number
}
