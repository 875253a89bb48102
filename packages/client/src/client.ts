import type {
  BatchAnswer,
  CredentialView,
  NewCredentialView,
  QueueList,
  QueueView,
  SubmitTask,
  TaskEventView,
  TaskPage,
  TaskStatus,
  TaskView,
  WorkerList,
} from '@inferq/contracts'
import { type EventsOptions, taskEvents } from './task-events.ts'
import { type ClientOptions, createTransport } from './transport.ts'
import { type WaitOptions, waitForTask } from './wait-for-task.ts'

export interface SubmitOptions {
  /** Seconds to hold the request open for the result, at most 60; a task that is not done then is answered as it is. */
  wait?: number
  /** Makes sending it again safe: the same key and body answer the task that the first one made. */
  idempotencyKey?: string
  signal?: AbortSignal
}

export interface TaskFilters {
  status?: TaskStatus | readonly TaskStatus[]
  queue?: string
  job?: string
  tag?: string
  name?: string
  /** `next_cursor` of the page before. */
  cursor?: string
  limit?: number
}

/** The native API, one method per endpoint. Every method rejects with `InferqError`. */
export interface InferqClient {
  submit(task: SubmitTask, options?: SubmitOptions): Promise<TaskView>
  /** Up to 1000 tasks in one request; each item is answered in its place, and a wrong one costs the others nothing. */
  submitBatch(tasks: readonly SubmitTask[], options?: Omit<SubmitOptions, 'wait'>): Promise<BatchAnswer['items']>
  /** `wait`: seconds to hold the request open until the task is done, at most 60. */
  get(id: string, options?: { wait?: number; signal?: AbortSignal }): Promise<TaskView>
  /** Polls until the run has ended, however it ended; rejects with `WAIT_TIMED_OUT` after `timeoutMs`. */
  waitFor(id: string, options?: WaitOptions): Promise<TaskView>
  list(filters?: TaskFilters): Promise<TaskPage>
  cancel(id: string): Promise<TaskView>
  retry(id: string): Promise<TaskView>
  delete(id: string): Promise<void>
  events(id: string, options?: EventsOptions): AsyncGenerator<TaskEventView>
  queues(): Promise<QueueView[]>
  queue(name: string): Promise<QueueView>
  pause(queue: string): Promise<QueueView>
  resume(queue: string): Promise<QueueView>
  workers(): Promise<WorkerList['workers']>
  credentials(): Promise<CredentialView[]>
  /** The answer is the only place where the secret key is ever seen. */
  createCredential(options?: { name?: string }): Promise<NewCredentialView>
  revokeCredential(accessKey: string): Promise<void>
}

export function createClient(options: ClientOptions): InferqClient {
  const transport = createTransport(options)
  const { json } = transport
  const post = <T>(path: string, body?: unknown) => json<T>(path, { method: 'POST', body })
  const get: InferqClient['get'] = (id, { wait, signal } = {}) =>
    json(`/tasks/${part(id)}`, { query: { wait: wait || undefined }, waitSeconds: wait, signal })

  return {
    submit: (task, { wait, signal, ...rest } = {}) =>
      json('/tasks', { method: 'POST', body: task, headers: headersOf({ wait, ...rest }), waitSeconds: wait, signal }),
    submitBatch: async (tasks, { signal, ...rest } = {}) => {
      const body = { tasks }
      const answer = await json<BatchAnswer>('/tasks/batch', { method: 'POST', body, headers: headersOf(rest), signal })
      return answer.items
    },
    get,
    waitFor: (id, waitOptions) => waitForTask(get, id, waitOptions),
    list: (filters = {}) => json('/tasks', { query: { ...filters } }),
    cancel: (id) => post(`/tasks/${part(id)}/cancel`),
    retry: (id) => post(`/tasks/${part(id)}/retry`),
    delete: async (id) => void (await json(`/tasks/${part(id)}`, { method: 'DELETE' })),
    events: (id, eventsOptions) => taskEvents(transport, part(id), eventsOptions),
    queues: async () => (await json<QueueList>('/queues')).queues,
    queue: (name) => json(`/queues/${part(name)}`),
    pause: (name) => post(`/queues/${part(name)}/pause`),
    resume: (name) => post(`/queues/${part(name)}/resume`),
    workers: async () => (await json<WorkerList>('/workers')).workers,
    credentials: async () => (await json<{ credentials: CredentialView[] }>('/credentials')).credentials,
    createCredential: (body = {}) => post('/credentials', body),
    revokeCredential: async (accessKey) => void (await json(`/credentials/${part(accessKey)}`, { method: 'DELETE' })),
  }
}

const part = encodeURIComponent

function headersOf({ wait, idempotencyKey }: SubmitOptions): Record<string, string> {
  return {
    ...(wait === undefined ? {} : { prefer: `wait=${wait}` }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  }
}
