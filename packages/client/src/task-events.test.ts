import type { ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createClient } from './client.ts'
import { answerJson, type FakeApi, startFakeApi } from './fake-api.fixture.ts'

const sendEvent = (response: ServerResponse, id: number, status: string) =>
  response.write(`id: ${id}\nevent: ${status}\ndata: ${JSON.stringify({ id, status })}\n\n`)

const open = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('retry: 10\n\n')
}

const events = ({ baseUrl }: FakeApi, options = {}) =>
  createClient({ baseUrl, secretKey: 'secret' }).events('t1', options)

async function idsOf(stream: AsyncIterable<{ id: number }>): Promise<number[]> {
  const ids: number[] = []
  for await (const { id } of stream) ids.push(id)
  return ids
}

describe('the events of a task', () => {
  it('end with the event that ends the run', async () => {
    await using api = await startFakeApi((_request, response) => {
      open(response)
      sendEvent(response, 1, 'queued')
      sendEvent(response, 2, 'completed')
    })
    expect(await idsOf(events(api))).toEqual([1, 2])
  })

  it('go on after the last one when the connection breaks', async () => {
    await using api = await startFakeApi(({ headers }, response) => {
      open(response)
      const last = Number(headers['last-event-id'] ?? 0)
      sendEvent(response, last + 1, last < 2 ? 'in_progress' : 'completed')
      // Not before the event has left.
      setTimeout(() => response.destroy(), 20)
    })
    expect(await idsOf(events(api))).toEqual([1, 2, 3])
    expect(api.seen.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '1', '2'])
  })

  it('are none for a task that ended before', async () => {
    await using api = await startFakeApi(({ url }, response) => {
      if (url === '/v1/tasks/t1') return answerJson(response, 200, { status: 'completed' })
      open(response)
      response.end()
    })
    expect(await idsOf(events(api, { lastEventId: 7 }))).toEqual([])
    expect(api.seen[0]?.headers['last-event-id']).toBe('7')
  })

  it('stop with the error when the server refuses', async () => {
    const error = { code: 'TASK_NOT_FOUND', message: 'no such task' }
    await using api = await startFakeApi((_request, response) => answerJson(response, 404, { error }))
    await expect(idsOf(events(api))).rejects.toMatchObject({ status: 404, code: 'TASK_NOT_FOUND' })
    expect(api.seen.length).toBe(1)
  })

  it('close the connection when the caller leaves early or aborts', async () => {
    let closed = 0
    await using api = await startFakeApi((_request, response) => {
      response.on('close', () => closed++)
      open(response)
      sendEvent(response, 1, 'queued')
    })
    for await (const _event of events(api)) break
    const controller = new AbortController()
    const reading = idsOf(events(api, { signal: controller.signal }))
    setTimeout(() => controller.abort(new Error('enough')), 50)
    await expect(reading).rejects.toThrow('enough')
    await expect.poll(() => closed).toBe(2)
  })
})
