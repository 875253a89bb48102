import type { AgentsLine } from './ports/agents-line.ts'
import type { EventStore } from './ports/event-store.ts'
import type { FileRecords } from './ports/file-records.ts'
import type { FileStore } from './ports/file-store.ts'
import type { ModelStore } from './ports/model-store.ts'
import type { ProjectStore } from './ports/project-store.ts'
import type { QueueStore } from './ports/queue-store.ts'
import type { TaskQueue } from './ports/task-queue.ts'
import type { TaskStore } from './ports/task-store.ts'

export * from './ports/agent-registry.ts'
export * from './ports/agents-line.ts'
export * from './ports/asset-store.ts'
export * from './ports/credential-store.ts'
export * from './ports/event-store.ts'
export * from './ports/file-records.ts'
export * from './ports/file-store.ts'
export * from './ports/model-store.ts'
export * from './ports/project-store.ts'
export * from './ports/queue-store.ts'
export * from './ports/recognition-store.ts'
export * from './ports/recorded-outcome.ts'
export * from './ports/sample-store.ts'
export * from './ports/tag-store.ts'
export * from './ports/task-queue.ts'
export * from './ports/task-store.ts'
export * from './ports/user-store.ts'

/** What every operation works on; an app decides which adapter stands behind each. */
export interface Ports {
  tasks: TaskStore
  queues: QueueStore
  line: TaskQueue
  agentsLine: AgentsLine
  projects: ProjectStore
  models: ModelStore
  events: EventStore
  fileRecords: FileRecords
  files: FileStore
  limits: DomainLimits
  /** Models that can be asked for by this company's tasks, whoever offers them. */
  knownModels(company: string): Promise<readonly string[]>
  /** Something went wrong behind a caller's back and will be put right by the reconciler. */
  onDeferred(what: string, cause: unknown): void
}

export interface DomainLimits {
  /** Waiting jobs per queue above which a submit is refused; as many again may wait for agents. */
  queueCapacity: number
  /** How long an agent may hold a task that it took from its queue before it starts it. */
  leaseSeconds: number
}
