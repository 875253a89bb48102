import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferenceBody } from '../../lib/deepomatic/inference-body.ts'
import { dataUri, plain } from '../../lib/deepomatic/pictures.ts'
import { expectError, expectTask } from '../../lib/deepomatic/shapes.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'
import { type MediaServer, startMediaServer } from '../../lib/media-server.ts'

let images: MediaServer
let system: DeepomaticSystem
beforeAll(async () => {
  images = await startMediaServer({ 'red.png': plain('red') })
  system = await startDeepomatic({ worker: { INFERQ_FETCH_ALLOW: '127.0.0.1' } })
})
afterAll(async () => {
  await system?.stop()
  await images?.[Symbol.asyncDispose]()
})

const red = { inputs: [{ source: plain('red') }] }

describe('a task', () => {
  it('is pending while it waits in its queue, and success when it has a result', async () => {
    const { client } = system
    const id = await system.whilePaused(async () => {
      const started = await client.start(tinySpec, red)
      expect(await client.task(started)).toMatchObject({ id: started, status: 'pending' })
      return started
    })
    const done = await client.wait(id)
    expect(done).toMatchObject({ id, status: 'success', error: null, subtasks: null })
    expect(done.data.outputs).toHaveLength(1)
    expect(Date.parse(done.date_updated as string)).toBeGreaterThanOrEqual(Date.parse(done.date_created))
  })

  it('is pending while a worker holds it', async () => {
    const id = await system.client.start(tinySpec, { inputs: [{ source: images.url('slow/red.png') }] })
    await until(() => images.asked.includes('/slow/red.png'), { what: 'the worker to ask for the image' })
    const native = await system.nativeId(id)
    await until(async () => (await system.inferq.client.get(native)).status === 'in_progress', {
      what: 'the start to be recorded',
    })
    expect(await system.client.task(id)).toMatchObject({ status: 'pending', date_updated: null })
    images.release()
    expect(await system.client.wait(id)).toMatchObject({ status: 'success' })
  })

  it('is pending while it waits for its next attempt', async () => {
    const id = await system.client.start(tinySpec, { inputs: [{ source: images.url('broken') }] })
    const native = await system.nativeId(id)
    await until(async () => (await system.inferq.client.get(native)).waits_for?.code === 'retry', {
      what: 'the first attempt to fail',
    })
    expect(await system.client.task(id)).toMatchObject({ status: 'pending', error: null, date_updated: null })
    await system.inferq.client.cancel(native)
    await system.inferq.client.waitFor(native)
  })

  it('is an error with a message for people when its input cannot be read', async () => {
    const id = await system.client.start(tinySpec, { inputs: [{ source: Buffer.from('no image') }] })
    await expect(system.client.wait(id)).rejects.toThrow('"status":"error"')
    const { error } = await system.client.task(id)
    expect(error).toMatch(/image/i)
    expect(error).not.toMatch(/undefined|null|\[object|sharp|vips|node_modules|\.ts/)
  })

  it('is an error when it was cancelled', async () => {
    const id = await system.whilePaused(async () => {
      const started = await system.client.start(tinySpec, red)
      await system.inferq.client.cancel(await system.nativeId(started))
      return started
    })
    expect(await system.client.task(id)).toMatchObject({ status: 'error', error: expect.stringMatching(/\S/) })
  })

  it('is an error when it expired', async () => {
    const input = { images: [{ source: { base64: plain('red').toString('base64') } }] }
    const late = { job: 'classify.image', input, queue: 'too late', expires_in: 1 }
    const { id, number } = await system.inferq.client.submit(late)
    expect(await system.client.task(`${number}`)).toMatchObject({ status: 'pending' })
    await system.inferq.client.waitFor(id, { timeoutMs: 20_000 })
    expect(await system.client.task(`${number}`)).toMatchObject({ status: 'error', error: expect.stringMatching(/\S/) })
  })

  it('never changes once it has ended', async () => {
    const good = await system.client.wait(await system.client.start(tinySpec, red))
    await system.inferq.client.cancel(await system.nativeId(good.id)).catch(() => null)
    expect(await system.client.task(good.id)).toEqual(good)
    const bad = await system.client.start(tinySpec, { inputs: [{ source: Buffer.from('no image') }] })
    await system.client.wait(bad).catch(() => null)
    const first = await system.client.task(bad)
    await system.client.wait(await system.client.start(tinySpec, red))
    expect(await system.client.task(bad)).toEqual(first)
  })

  it('has the same text as its id in the answer to its request, by itself and in a list', async () => {
    const { data } = await system.wire.send('POST', `${tinySpec}/inference`, inferenceBody(red))
    expect(data).toEqual({ task_id: expect.stringMatching(/^\d+$/) })
    const id = data.task_id
    expect((await system.client.task(id)).id).toBe(id)
    expect((await system.client.tasks([id])).map((one) => one.id)).toEqual([id])
  })

  it('reads the same by itself and in a list', async () => {
    const id = await system.client.start(tinySpec, red)
    await system.client.wait(id)
    expect(await system.client.tasks([id])).toEqual([await system.client.task(id)])
  })
})

describe('a request that asks for a wrong thing', () => {
  it('stores no task', async () => {
    const before = await system.countTasks()
    const noImage = await system.wire.json('POST', `${tinySpec}/inference`, { inputs: [] })
    expectError(noImage, 400)
    const source = dataUri(plain('red'))
    const second = await system.wire.json('POST', `${tinySpec}/inference`, {
      inputs: [{ image: { source } }, { image: { source: 'nothing' } }],
    })
    expectError(second, 400)
    expect(await system.countTasks()).toBe(before)
  })
})

describe('tasks of other kinds', () => {
  it('are read too, with their result as data', async () => {
    const done = await system.inferq.client.submit({ job: 'echo', input: { n: 7 } }, { wait: 20 })
    const answer = await system.wire.get(`/tasks/${done.number}/`)
    if (answer.status === 404) return
    expect(expectTask(answer.data).status).toBe('success')
  })
})
