import type { JobErrorCode } from '@inferq/contracts'
import { createOperations, type Task } from '@inferq/domain'
import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import type { TwelvelabsServices } from '../services.ts'
import { listen, sharedParts } from '../testing/shared-parts.fixture.ts'
import { ask, model_name, url, type Waiting } from '../testing/sync.fixture.ts'
import { endTask, failed, startTwelvelabs } from '../testing/twelvelabs.fixture.ts'

const text = { input_type: 'text', text: { input_text: 'a' } }
const image = { input_type: 'image', image: { media_source: { url } } }

const statusOf = async ({ twelvelabs, task }: Waiting) =>
  (await twelvelabs.store.tasks.findTask(twelvelabs.company, task.id))?.status
const start = async (changes: Partial<TwelvelabsServices>) => listen({ ...(await sharedParts()).services, ...changes })

describe('a task that fails while it is waited for', () => {
  it.each<[JobErrorCode, number, string]>([
    ['INPUT_UNREADABLE', 400, 'parameter_invalid'],
    ['INPUT_TOO_LARGE', 400, 'parameter_invalid'],
    ['INPUT_REFUSED', 400, 'parameter_invalid'],
    ['INPUT_UNREACHABLE', 400, 'parameter_invalid'],
    ['MODEL_UNKNOWN', 400, 'parameter_invalid'],
    ['ENGINE_FAILED', 500, 'internal_server_error'],
    ['WORKER_CRASHED', 500, 'internal_server_error'],
  ])('is answered with what was wrong, and whose fault it was: %s', async (code, status, name) => {
    const waiting = await ask(image)
    await endTask(waiting.twelvelabs, waiting.task, failed('image 1 has 9 x 9 pixels', code))
    const body = { code: name, message: 'image 1 has 9 x 9 pixels' }
    expect(await waiting.answer).toMatchObject({ status, body })
  })

  it('is a fault where it was stopped or deleted by somebody', async () => {
    const [stopped, deleted] = [await ask(text), await ask(text)]
    const operations = createOperations(stopped.twelvelabs.ports)
    await operations.cancelTask(stopped.twelvelabs.company, stopped.task.id)
    await operations.deleteTask(deleted.twelvelabs.company, deleted.task.id)
    const fault = { status: 500, body: { code: 'internal_server_error' } }
    expect(await stopped.answer).toMatchObject(fault)
    expect(await deleted.answer).toMatchObject(fault)
  })
})

describe('a task that is waited for in vain', () => {
  it('is cancelled when the time is up, and answered as a fault', async () => {
    const up: ((task: Task) => void)[] = []
    const { services } = await sharedParts()
    const untilEnded: TwelvelabsServices['untilEnded'] = async (company, id, timeoutMs) => {
      expect(timeoutMs).toBeLessThan(600_000)
      await new Promise<Task>((resolve) => up.push(resolve))
      return services.untilEnded(company, id, 0, AbortSignal.abort())
    }
    const waiting = await ask(text, { at: await start({ untilEnded }) })
    await until(() => up.length === 1, { what: 'somebody to wait' })
    up[0]?.(waiting.task)
    const message = expect.stringContaining('in time')
    expect(await waiting.answer).toMatchObject({ status: 500, body: { code: 'internal_server_error', message } })
    expect(await statusOf(waiting)).toBe('stopped')
  })

  it('is answered all the same when it cannot be cancelled', async () => {
    const { services } = await sharedParts()
    const at = await start({
      untilEnded: (company, id) => services.untilEnded(company, id, 0, AbortSignal.abort()),
      stop: async () => Promise.reject(new Error('Redis is away')),
    })
    const twelvelabs = await startTwelvelabs()
    const answer = await twelvelabs.call('POST', '/embed-v2', { at, body: { model_name, ...text } })
    expect(answer).toMatchObject({ status: 500, body: { message: expect.stringContaining('in time') } })
    expect(await twelvelabs.tasks()).toMatchObject([{ status: 'queued' }])
  })

  it('is cancelled when its client goes away', async () => {
    const client = new AbortController()
    const waiting = await ask(text, { signal: client.signal })
    expect(await statusOf(waiting)).toBe('queued')
    client.abort()
    await until(async () => (await statusOf(waiting)) === 'stopped', { what: 'the task to be stopped' })
    await expect(waiting.answer).rejects.toThrow('aborted')
  })
})
