import { randomBytes } from 'node:crypto'
import { type ImageModelDescription, RecognitionInput } from '@inferq/contracts'
import { createOperations, type Ports, type StreamedFiles, type Task, type User } from '@inferq/domain'
import type { Store } from '@inferq/store'
import type { DeepomaticServices } from '../services.ts'
import { send } from './send.fixture.ts'
import { sharedParts } from './shared-parts.fixture.ts'

export interface CallOptions {
  /** Beside the caller's key; one that is undefined is not sent. */
  headers?: Record<string, string | undefined>
  /** Sent as JSON. */
  body?: unknown
  /** The body as it is, instead of the JSON of one. */
  raw?: string | Buffer
  /** Where another app listens than the shared one. */
  at?: string
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  body: any
  text: string
  headers: Record<string, unknown>
}

export interface Deepomatic {
  readonly company: string
  readonly user: User
  readonly secretKey: string
  readonly services: DeepomaticServices
  readonly ports: Ports
  readonly files: StreamedFiles
  readonly store: Store
  /** One call; the path is below the base. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  /** The body of a call that succeeds; else throws the whole answer. */
  ok(method: string, path: string, options?: CallOptions): Promise<Answer['body']>
  /** Says what a worker of this company says of its models. */
  announce(...models: ImageModelDescription[]): Promise<void>
  task(id: string): Promise<Task>
  /** What a worker would get as the task's input. */
  inputOf(id: string): Promise<RecognitionInput>
}

/** A company of one's own with a user and their key, on servers that all tests share. */
export async function startDeepomatic(): Promise<Deepomatic> {
  const { origin, store, services, ports, files, announce } = await sharedParts()
  const company = await store.users.createCompany(`company ${randomName()}`)
  const user = await store.users.createUser({ company, role: 'user', name: `user ${randomName()}` })
  if (!user) throw new Error('the company that was just made is unknown')
  const { secretKey } = await store.credentials.createCredential({ company, user: user.id }, 'test')

  const call: Deepomatic['call'] = async (method, path, { headers, body, raw, at = origin } = {}) => {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const answer = await send({
      ...{ method, url: `${at}/v0.7${path}` },
      headers: onlyGiven({ 'x-api-key': secretKey, 'content-type': 'application/json', ...headers }),
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = String(answer.headers['content-type']).includes('application/json') && answer.text !== ''
    return { ...answer, body: isJson ? JSON.parse(answer.text) : undefined }
  }
  const task: Deepomatic['task'] = async (id) => {
    const [found] = await store.tasks.findTasksByNumber(company, [Number(id)])
    if (!found) throw new Error(`there is no task ${id}`)
    return found
  }
  return {
    ...{ company, user, secretKey, services, ports, files, store, call, task },
    async ok(method, path, options) {
      const answer = await call(method, path, options)
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status} ${answer.text}`)
      return answer.body
    },
    announce: (...models) => announce(company, models),
    async inputOf(id) {
      const { input, inputKey } = await task(id)
      const text = inputKey === null ? input : await ports.files.getText(inputKey)
      return RecognitionInput.parse(JSON.parse(text ?? ''))
    },
  }
}

/** A model that labels images; its labels are `a`, `b` and so on. */
export const labeller = (changes: Partial<ImageModelDescription> = {}): ImageModelDescription => ({
  ...{ v: 1, name: 'tiny-labels', job: 'classify.image', exclusive: true },
  labels: ['a', 'b', 'c'].map((name, id) => ({ id, name })),
  ...changes,
})

/** A task that came over another language; never so many in one queue that it is full. */
export async function submitTask({ services, company, user }: Deepomatic, job = 'echo', input: unknown = {}) {
  const queue = `queue ${made++ % 20}`
  const answer = await services.submit({ company, user: user.id, job, input, queue })
  if ('error' in answer) throw answer.error
  return answer.task
}
let made = 0

/** Lets a task end as if a worker had run it. */
export async function endTask({ ports }: Deepomatic, task: Task, outcome: Ending): Promise<void> {
  const at = Date.now()
  const attempt = { v: 1, taskId: task.id, run: task.run, attempt: 1, worker: 'w', startedAt: at, at } as const
  await createOperations(ports).recordOutcomes([{ ...attempt, ...outcome }])
}

type Ending =
  | { kind: 'succeeded'; timings: { preparingMs: number; computingMs: number }; result?: string; resultKey?: string }
  | { kind: 'failed'; error: { code: 'INPUT_UNREADABLE'; message: string } }
  | { kind: 'started' }

export const succeeded = (result: unknown): Ending => ({
  ...{ kind: 'succeeded', timings: { preparingMs: 1, computingMs: 2 } },
  result: typeof result === 'string' ? result : JSON.stringify(result),
})
export const failed = (message: string): Ending => ({ kind: 'failed', error: { code: 'INPUT_UNREADABLE', message } })

const onlyGiven = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const randomName = () => randomBytes(6).toString('hex')
