/**
 * Every refusal that this language knows: HTTP status, subcode, and the text that begins the message (contract A.6).
 * Nothing else is ever answered.
 */
export const errors = {
  invalidRequest: [400, 0, 'Bad request'],
  invalidHeaders: [400, 5, 'Invalid headers'],
  impersonation: [400, 6, 'Impersonation error'],
  invalidId: [400, 10, 'Invalid object id'],
  missingRequiredFields: [400, 11, 'Missing required fields'],
  validation: [400, 12, 'Validation error'],
  invalidFields: [400, 14, 'Fields not defined for object'],
  fieldsConflict: [400, 15, 'Conflicting fields'],
  fieldsValue: [400, 16, 'Invalid value for fields'],
  batchContainsNoItems: [400, 17, 'Batch request contains no items'],
  invalidRegex: [400, 21, 'Malformed regular expression'],
  invalidAccessKey: [400, 75, 'Access key not found'],
  invalidTaskId: [400, 101, 'Invalid task id'],
  invalidTaskStatus: [400, 110, 'Invalid task status'],
  failedChangingTaskStatus: [400, 121, 'Failed changing task status, it was changed meanwhile'],
  missingTaskFields: [400, 122, 'Task is missing expected fields'],
  taskCannotBeDeleted: [400, 123, 'Task cannot be deleted'],
  eventsNotAdded: [400, 131, 'Events not added'],
  invalidModelId: [400, 201, 'Invalid model id'],
  modelNotReady: [400, 202, 'Model is not ready'],
  modelIsReady: [400, 203, 'Model is ready'],
  modelInUse: [400, 205, 'Model is used by tasks'],
  modelCreatingTaskExists: [400, 206, 'Task that created this model exists'],
  invalidUser: [400, 300, 'Invalid user'],
  invalidUserId: [400, 301, 'Invalid user id'],
  invalidProjectId: [400, 401, 'Invalid project id'],
  projectHasTasks: [400, 402, 'Project has associated tasks'],
  invalidProjectName: [400, 407, 'Invalid project name'],
  cannotUpdateProjectLocation: [400, 408, 'Cannot update project location. Use projects.move instead'],
  invalidQueueId: [400, 701, 'Invalid queue id'],
  queueNotEmpty: [400, 702, 'Queue is not empty'],
  invalidQueueOrTaskNotQueued: [400, 703, 'Invalid queue id or task not in queue'],
  taskAlreadyQueued: [400, 706, 'Failed adding task to queue since task is already queued'],
  noDefaultQueue: [400, 707, 'No queue is tagged as the default queue for this company'],
  multipleDefaultQueues: [400, 708, 'More than one queue is tagged as the default queue for this company'],
  dataValidation: [400, 800, 'Data validation error'],
  expectedUniqueData: [400, 801, 'Value combination already exists (unique field already contains this value)'],
  invalidWorkerId: [400, 1001, 'Invalid worker id'],
  workerRegistrationFailed: [400, 1002, 'Worker registration failed'],
  workerNotRegistered: [400, 1004, 'Worker is not registered'],
  workerStatsNotFound: [400, 1005, 'Worker stats not found'],
  badAuthType: [401, 10, 'Unauthorized (bad authentication header type)'],
  noCredentials: [401, 20, 'Unauthorized (missing credentials)'],
  badCredentials: [401, 21, 'Unauthorized (malformed credentials)'],
  invalidCredentials: [401, 22, 'Unauthorized (invalid credentials)'],
  invalidToken: [401, 30, 'Invalid token'],
  roleNotAllowed: [403, 20, 'Forbidden (not allowed for role)'],
  noWritePermission: [403, 21, 'Forbidden (modification not allowed)'],
  endpointNotFound: [404, 0, 'Unable to find endpoint'],
  tooManyRequests: [429, 0, 'Too many requests'],
  general: [500, 0, 'General server error'],
  internal: [500, 1, 'Internal server error'],
  dataError: [500, 100, 'General data error'],
  unavailable: [503, 0, 'Service is temporarily unavailable'],
} as const satisfies Record<string, readonly [status: number, subcode: number, text: string]>

export type ErrorName = keyof typeof errors

export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly error: ErrorName
  readonly status: number
  readonly subcode: number
  /** The named values of the message; a batch answers them as `data` too. */
  readonly values: Readonly<Record<string, unknown>>

  /** The message reads `<text>[ (<extra>)][: k=v, k2=v2]`. */
  constructor(error: ErrorName, extra = '', values: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    const [status, subcode, text] = errors[error]
    const named = Object.entries(values).map(([key, value]) => `${key}=${String(value)}`)
    const message = `${text}${extra && ` (${extra})`}${named.length > 0 ? `: ${named.join(', ')}` : ''}`
    super(message, cause === undefined ? {} : { cause })
    this.error = error
    this.status = status
    this.subcode = subcode
    this.values = values
  }
}
