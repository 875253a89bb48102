import type { ImageModelDescription, JsonText } from '@inferq/contracts'
import type {
  Credential,
  RecognitionStore,
  StreamedFiles,
  Submission,
  SubmitAnswer,
  Task,
  TaskStore,
  UserStore,
} from '@inferq/domain'

/** What the endpoints work with; the api decides what stands behind each. */
export interface DeepomaticServices {
  /** Who has this secret key. Throws UNAUTHENTICATED. */
  authenticate(secretKey: string): Promise<Credential>
  /** Submits one task, in one write with whatever else arrives at the same moment. */
  submit(submission: Submission): Promise<SubmitAnswer>
  tasks: Pick<TaskStore, 'findTasksByNumber' | 'filterNumbers'>
  /** The result of a task wherever it is kept; null while there is none. */
  result(task: Task): Promise<JsonText | null>
  users: Pick<UserStore, 'findUser'>
  files: Pick<StreamedFiles, 'write' | 'delete'>
  recognition: RecognitionStore
  /** What can be recognised in images, as workers say. */
  imageModels(company: string): Promise<readonly ImageModelDescription[]>
  settings: DeepomaticSettings
}

export interface DeepomaticSettings {
  /** Where tasks wait that come over this API. */
  queue: string
}
