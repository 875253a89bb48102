import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inferq, secretKey, startInferq } from '../lib/inferq.ts'

let inferq: Inferq
beforeAll(async () => {
  inferq = await startInferq()
})
afterAll(() => inferq.stop())

describe('lists', () => {
  it('give every task once, newest first, over pages', async () => {
    const items = await inferq.client.submitBatch(
      Array.from({ length: 25 }, (_, n) => ({
        job: 'echo',
        input: { n },
        queue: 'listed',
        tags: [n % 2 ? 'odd' : 'even'],
      })),
    )
    const ids = items.map((item) => item.task?.id as string)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await inferq.client.list({ queue: 'listed', limit: 10, ...(cursor ? { cursor } : {}) })
      seen.push(...page.tasks.map(({ id }) => id))
      cursor = page.next_cursor ?? undefined
    } while (cursor)
    expect(seen).toEqual([...ids].reverse())
    const odd = await inferq.client.list({ queue: 'listed', tag: 'odd', status: 'queued' })
    expect(odd.tasks).toHaveLength(12)
    await expect(inferq.client.list({ cursor: 'x' })).rejects.toMatchObject({ status: 400, code: 'CURSOR_INVALID' })
  })
})

describe('the event stream', () => {
  it('tells the whole story in order, and goes on where a client left off', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: { delay_ms: 1_200 } })
    const all = await Array.fromAsync(inferq.client.events(id))
    const kept = all.filter(({ type }) => type !== 'progress')
    expect(kept.map(({ type }) => type)).toEqual(['queued', 'started', 'succeeded'])
    expect(all.some(({ type }) => type === 'progress')).toBe(true)
    const rest = await Array.fromAsync(inferq.client.events(id, { lastEventId: 2 }))
    expect(rest.map(({ type }) => type)).toEqual(['succeeded'])
    const headers = { 'x-api-key': secretKey, 'last-event-id': '3' }
    expect((await fetch(`${inferq.url}/v1/tasks/${id}/events`, { headers })).status).toBe(204)
  })
})

describe('waiting for an answer', () => {
  it('answers 202 with the task as it is when the time is up', async () => {
    const answer = await fetch(`${inferq.url}/v1/tasks`, {
      method: 'POST',
      headers: { 'x-api-key': secretKey, 'content-type': 'application/json', prefer: 'wait=1' },
      body: JSON.stringify({ job: 'echo', input: { delay_ms: 4_000 } }),
    })
    expect(answer.status).toBe(202)
    const { id } = (await answer.json()) as { id: string }
    expect((await inferq.client.get(id, { wait: 20 })).status).toBe('completed')
  })
})

describe('what ops look at', () => {
  it('shows the worker with its queues, slots, model and machine', async () => {
    const [worker] = await inferq.client.workers()
    expect(worker).toMatchObject({
      state: 'running',
      queues: ['default'],
      models: [
        { name: 'tiny-text', job: 'embed.text', engine: 'onnx', device: 'cpu' },
        { name: 'tiny-image', job: 'classify.image', engine: 'onnx', device: 'cpu' },
        { name: 'tiny-image', job: 'embed.image', engine: 'onnx', device: 'cpu' },
      ],
    })
    expect(worker?.machine.memoryTotalBytes).toBeGreaterThan(0)
  })

  it('counts what started and finished per minute', async () => {
    await inferq.client.submit({ job: 'echo', input: {} }, { wait: 20 })
    const queue = await inferq.client.queue('default')
    expect(queue.started_per_minute).toBeGreaterThan(0)
    expect(queue.finished_per_minute).toBeGreaterThan(0)
    expect(queue.watchers).toEqual((await inferq.client.workers()).map(({ id }) => id))
  })

  it('has health, metrics and the API document open to machines', async () => {
    const read = async (path: string) => (await fetch(`${inferq.url}${path}`)).text()
    expect(JSON.parse(await read('/healthz'))).toEqual({ status: 'ok' })
    expect(JSON.parse(await read('/readyz'))).toEqual({ status: 'ready', record: 'up', queue: 'up' })
    const metrics = await read('/metrics')
    for (const name of [
      'inferq_queue_tasks{',
      'inferq_queue_oldest_waiting_seconds{',
      'inferq_queue_watchers{',
      'inferq_task_wait_seconds_bucket{',
      'inferq_task_run_seconds_bucket{',
      'inferq_outcome_record_lag_seconds_bucket{',
      'inferq_http_request_seconds_bucket{',
    ]) {
      expect(metrics).toContain(name)
    }
    const document = JSON.parse(await read('/docs/openapi.json'))
    expect(document.openapi).toMatch(/^3\.1/)
    expect(Object.keys(document.paths)).toContain('/v1/tasks/{id}')
  })
})
