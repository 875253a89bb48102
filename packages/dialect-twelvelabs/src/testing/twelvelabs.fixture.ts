import { randomBytes } from 'node:crypto'
import type { JobErrorCode } from '@inferq/contracts'
import { createOperations, type Task, type User } from '@inferq/domain'
import { type SharedParts, sharedParts } from './shared-parts.fixture.ts'

export interface CallOptions {
  /** Beside the caller's key; one that is undefined is not sent. */
  headers?: Record<string, string | undefined>
  /** Sent as JSON. */
  body?: unknown
  /** The body as it is, instead of the JSON of one. */
  raw?: RequestInit['body']
  /** Where another app listens than the shared one. */
  at?: string
  signal?: AbortSignal
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  body: any
  headers: Headers
}

export interface Twelvelabs extends Omit<SharedParts, 'origin'> {
  readonly company: string
  readonly user: User
  readonly secretKey: string
  /** One call; the path is below the base. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  /** The body of a call that succeeds; else throws the whole answer. */
  ok(method: string, path: string, options?: CallOptions): Promise<Answer['body']>
  /** The tasks of this company, the newest first, those too that are on no list. */
  tasks(): Promise<readonly Task[]>
  /** What a worker would get as the task's input. */
  inputOf(task: Task): Promise<unknown>
}

/** A company of one's own with a user and their key, on servers that all tests share. */
export async function startTwelvelabs(): Promise<Twelvelabs> {
  const { origin, ...parts } = await sharedParts()
  const { store, services } = parts
  const company = await store.users.createCompany(`company ${randomName()}`)
  const user = await store.users.createUser({ company, role: 'user', name: `user ${randomName()}` })
  if (!user) throw new Error('the company that was just made is unknown')
  const { secretKey } = await store.credentials.createCredential({ company, user: user.id }, 'test')

  const call: Twelvelabs['call'] = async (method, path, { headers, body, raw, at = origin, signal } = {}) => {
    const given = { 'x-api-key': secretKey, ...(body === undefined ? {} : json), ...headers }
    const answer = await fetch(`${at}/v1.3${path}`, {
      ...{ method, headers: onlyGiven(given), body: raw ?? JSON.stringify(body) },
      ...(signal ? { signal } : {}),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
  }
  return {
    ...parts,
    ...{ company, user, secretKey, call },
    async ok(method, path, options) {
      const { status, body } = await call(method, path, options)
      if (status >= 300) throw new Error(`${method} ${path} answered ${status} ${JSON.stringify(body)}`)
      return body
    },
    tasks: () => store.tasks.listTasks(company, { limit: 1_000 }),
    inputOf: async (task) => JSON.parse((await services.input(task)) ?? ''),
  }
}

/** For a body that is given `raw`. */
export const json = { 'content-type': 'application/json' }

/** Lets a task end as if a worker had run it. */
export async function endTask({ ports }: Pick<Twelvelabs, 'ports'>, task: Task, outcome: Ending): Promise<void> {
  const at = Date.now()
  const attempt = { v: 1, taskId: task.id, run: task.run, attempt: 1, worker: 'w', startedAt: at, at } as const
  await createOperations(ports).recordOutcomes([{ ...attempt, ...outcome }])
}

type Ending =
  | { kind: 'succeeded'; timings: { preparingMs: number; computingMs: number }; result?: string; resultKey?: string }
  | { kind: 'failed'; error: { code: JobErrorCode; message: string } }
  | { kind: 'started' }

export const succeeded = (result: unknown): Ending => ({
  ...{ kind: 'succeeded', timings: { preparingMs: 1, computingMs: 2 } },
  result: typeof result === 'string' ? result : JSON.stringify(result),
})
export const failed = (message: string, code: JobErrorCode = 'INPUT_UNREADABLE'): Ending => ({
  kind: 'failed',
  error: { code, message },
})

const onlyGiven = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const randomName = () => randomBytes(6).toString('hex')
