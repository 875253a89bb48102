import type { JsonText, TaskId } from '@inferq/contracts'
import type {
  ArtifactFiles,
  AssetStore,
  Credential,
  StreamedFiles,
  Submission,
  SubmitAnswer,
  Task,
  TaskStore,
} from '@inferq/domain'

/** What the endpoints work with; the api decides what stands behind each. */
export interface TwelvelabsServices {
  /** Who has this secret key. Throws UNAUTHENTICATED. */
  authenticate(secretKey: string): Promise<Credential>
  /** Submits one task, in one write with whatever else arrives at the same moment. */
  submit(submission: Submission): Promise<SubmitAnswer>
  tasks: Pick<TaskStore, 'findTasksByNumber' | 'pageTasks'>
  /** What a task was made with and what came of it, wherever they are kept; null while there is none. */
  input(task: Task): Promise<JsonText | null>
  result(task: Task): Promise<JsonText | null>
  /** Media that come with tasks, and results that are too large to be read as a whole. */
  files: Pick<StreamedFiles, 'write' | 'delete' | 'read'>
  /** Uploaded assets. */
  artifacts: ArtifactFiles
  assets: AssetStore
  /** The task as it is once its run has ended, the time is up or the caller is gone. */
  untilEnded(company: string, id: TaskId, timeoutMs: number, signal: AbortSignal): Promise<Task>
  /** Lets go of a task that nobody waits for any more. */
  stop(company: string, id: TaskId): Promise<unknown>
  /** Names of the models that are made of one model for each kind of content. */
  mediaModels: readonly string[]
  settings: TwelvelabsSettings
}

export interface TwelvelabsSettings {
  /** Where tasks wait that come over this API. */
  queue: string
  /** How long a task is shown after it was made. */
  retentionMs: number
}
