import type { Task } from '@inferq/domain'
import { until } from '@inferq/testkit'
import { type Answer, endTask, startTwelvelabs, succeeded, type Twelvelabs } from './twelvelabs.fixture.ts'

export const model_name = 'marengo3.0'
export const url = 'https://media.example/a.png'
export const vector = [0.6, -0.8, 0]

/** A request that waits, and the task that a worker has of it. */
export interface Waiting {
  readonly twelvelabs: Twelvelabs
  readonly answer: Promise<Answer>
  readonly task: Task
  readonly input: unknown
  /** Lets the task succeed. */
  end(result: unknown): Promise<Answer>
}

/** Asks for an embedding in a company of one's own. */
export async function ask(body: object, options: { at?: string; signal?: AbortSignal } = {}): Promise<Waiting> {
  const twelvelabs = await startTwelvelabs()
  return askOf(twelvelabs, body, options)
}

export async function askOf(
  twelvelabs: Twelvelabs,
  body: object,
  options: { at?: string; signal?: AbortSignal } = {},
): Promise<Waiting> {
  const answer = twelvelabs.call('POST', '/embed-v2', { body: { model_name, ...body }, ...options })
  // Whoever looks at it hears of it.
  answer.catch(() => {})
  const isRefused = answer.then(({ status, body: refusal }) => {
    throw new Error(`answered ${status} ${JSON.stringify(refusal)} before its task ended`)
  })
  isRefused.catch(() => {})
  const recorded = until(async () => (await twelvelabs.tasks())[0], { what: 'the task to be recorded' })
  const task = await Promise.race([recorded, isRefused])
  return {
    ...{ twelvelabs, answer, task, input: await twelvelabs.inputOf(task) },
    async end(result) {
      await endTask(twelvelabs, task, succeeded(result))
      return answer
    },
  }
}
