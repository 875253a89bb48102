import type { ClearmlServices } from '@inferq/dialect-clearml'
import type { DeepomaticServices } from '@inferq/dialect-deepomatic'
import type { TwelvelabsServices } from '@inferq/dialect-twelvelabs'
import type {
  AgentRegistry,
  AgentsLine,
  CredentialStore,
  Operations,
  QueueStore,
  Submission,
  SubmitAnswer,
  TaskQueue,
} from '@inferq/domain'
import type { Redis } from '@inferq/queue'
import type { Authenticator } from './credentials.ts'
import type { ApiMetrics } from './metrics.ts'
import type { ResultReader } from './result-reader.ts'
import type { TaskChanges } from './task-changes.ts'

/** What routes work with. Everything below it is behind these. */
export interface Services {
  operations: Operations
  /** Submits one task, in one write with whatever else arrives at the same moment. */
  submit: (submission: Submission) => Promise<SubmitAnswer>
  queues: QueueStore
  line: TaskQueue
  agentsLine: AgentsLine
  agents: AgentRegistry
  credentials: CredentialStore
  authenticator: Authenticator
  changes: TaskChanges
  results: ResultReader
  clearml: ClearmlServices
  deepomatic: DeepomaticServices
  twelvelabs: TwelvelabsServices
  redis: Redis
  metrics: ApiMetrics
  /** Rejects when the record cannot be reached. */
  pingStore: () => Promise<void>
}
