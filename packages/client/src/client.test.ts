import { freePort } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import { answerJson, startFakeApi } from './fake-api.fixture.ts'

const secretKey = 'secret'

describe('a request', () => {
  it('carries the key, the body and what was asked for in headers', async () => {
    await using api = await startFakeApi((_request, response) => answerJson(response, 201, { id: 't1' }))
    const client = createClient({ baseUrl: `${api.baseUrl}/`, secretKey })
    const task = { job: 'echo', input: { a: 1 } }
    expect(await client.submit(task, { wait: 5, idempotencyKey: 'once' })).toEqual({ id: 't1' })
    expect(api.seen[0]).toMatchObject({ method: 'POST', url: '/v1/tasks', body: task })
    expect(api.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer secret',
      'content-type': 'application/json',
      prefer: 'wait=5',
      'idempotency-key': 'once',
    })
  })

  it('escapes names in paths and leaves out filters that are absent', async () => {
    await using api = await startFakeApi((_request, response) => answerJson(response, 200, {}))
    const client = createClient({ baseUrl: api.baseUrl, secretKey })
    await client.pause('my queue')
    await client.list({ status: ['queued', 'failed'], queue: 'a&b', limit: 10 })
    await client.get('t1', { wait: 3 })
    expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/queues/my%20queue/pause',
      'GET /v1/tasks?status=queued&status=failed&queue=a%26b&limit=10',
      'GET /v1/tasks/t1?wait=3',
    ])
  })

  it('answers nothing for 204', async () => {
    await using api = await startFakeApi((_request, response) => void response.writeHead(204).end())
    const client = createClient({ baseUrl: api.baseUrl, secretKey })
    expect(await client.delete('t1')).toBeUndefined()
    expect(await client.revokeCredential('AK')).toBeUndefined()
    expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'DELETE /v1/tasks/t1',
      'DELETE /v1/credentials/AK',
    ])
  })
})

describe('a request that fails', () => {
  it('gives the server’s code, message and fields', async () => {
    const error = {
      code: 'VALIDATION',
      message: 'the request is not valid',
      issues: [{ field: 'input.texts[0]', problem: 'empty' }],
    }
    await using api = await startFakeApi((_request, response) => answerJson(response, 422, { error }))
    const submitting = createClient({ baseUrl: api.baseUrl, secretKey }).submit({ job: 'echo', input: {} })
    await expect(submitting).rejects.toMatchObject({ name: 'InferqError', status: 422, ...error })
  })

  it('says so when the answer is not the API’s', async () => {
    await using api = await startFakeApi(
      (_request, response) => void response.writeHead(502).end('<h1>Bad Gateway</h1>'),
    )
    const asking = createClient({ baseUrl: api.baseUrl, secretKey }).queues()
    await expect(asking).rejects.toMatchObject({ status: 502, code: 'NOT_INFERQ' })
  })

  it('says so when nobody answers, and never shows the key', async () => {
    const client = createClient({ baseUrl: `http://127.0.0.1:${await freePort()}`, secretKey })
    const error = await client.workers().catch((caught: unknown) => caught)
    expect(error).toMatchObject({ status: 0, code: 'UNREACHABLE' })
    expect(String(error)).not.toContain(secretKey)
  })

  it('gives up after its time, and earlier with the reason of its signal', async () => {
    await using api = await startFakeApi(() => {})
    const client = createClient({ baseUrl: api.baseUrl, secretKey, timeoutMs: 50 })
    await expect(client.queues()).rejects.toMatchObject({ code: 'TIMED_OUT' })
    const aborted = client.get('t1', { signal: AbortSignal.abort(new Error('closed the page')) })
    await expect(aborted).rejects.toThrow('closed the page')
  })
})

describe('waitFor', () => {
  it('polls until the task has ended', async () => {
    const statuses = ['queued', 'in_progress', 'completed']
    await using api = await startFakeApi((_request, response) =>
      answerJson(response, 200, { id: 't1', status: statuses.shift() }),
    )
    const task = await createClient({ baseUrl: api.baseUrl, secretKey }).waitFor('t1', { timeoutMs: 5_000 })
    expect(task.status).toBe('completed')
    expect(api.seen[0]?.url).toMatch(/^\/v1\/tasks\/t1\?wait=[45]$/)
  })

  it('rejects when the task takes longer', async () => {
    await using api = await startFakeApi((_request, response) => answerJson(response, 200, { status: 'queued' }))
    const waiting = createClient({ baseUrl: api.baseUrl, secretKey }).waitFor('t1', { timeoutMs: 250 })
    await expect(waiting).rejects.toMatchObject({ code: 'WAIT_TIMED_OUT' })
    expect(api.seen.length).toBeLessThan(6)
  })
})
