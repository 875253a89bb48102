import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Deepomatic,
  endTask,
  failed,
  startDeepomatic,
  submitTask,
  succeeded,
} from '../testing/deepomatic.fixture.ts'

let deepomatic: Deepomatic
beforeAll(async () => {
  deepomatic = await startDeepomatic()
})

const submit = (of = deepomatic, job = 'echo', input: unknown = {}) => submitTask(of, job, input)
const image = { source: { url: 'https://img.example/a.jpg' } }
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/

describe('a task', () => {
  it('is pending until it has ended, and has all fields from the first', async () => {
    const task = await submit()
    const pending = {
      ...{ id: String(task.number), status: 'pending', error: null, date_created: expect.stringMatching(date) },
      ...{ date_updated: null, data: null, subtasks: null },
    }
    for (const path of [`/tasks/${task.number}`, `/tasks/${task.number}/`]) {
      const answer = await deepomatic.call('GET', path)
      expect(answer).toMatchObject({ status: 200, body: pending })
      expect(answer.headers['content-type']).toContain('application/json')
      expect(Object.keys(answer.body)).toHaveLength(7)
    }
    await endTask(deepomatic, task, { kind: 'started' })
    expect(await deepomatic.ok('GET', `/tasks/${task.number}`)).toEqual(pending)
  })

  it('holds what was recognised once it is a success, and says when that was', async () => {
    const task = await submit(deepomatic, 'classify.image', { images: [image] })
    const predicted = [{ label_id: 1, label_name: 'a', score: 1, threshold: 0 }]
    await endTask(deepomatic, task, succeeded({ model: 'm', images: [{ predicted, discarded: [] }] }))
    const { body, text } = await deepomatic.call('GET', `/tasks/${task.number}`)
    expect(body).toMatchObject({
      ...{ status: 'success', error: null, date_updated: expect.stringMatching(date), subtasks: null },
      data: { outputs: [{ labels: { predicted, discarded: [] } }] },
    })
    expect(text).toContain('"score":1.0,"threshold":0.0')
    expect(body.date_updated > body.date_created).toBe(true)
  })

  it('holds a large result too, which is kept as a file', async () => {
    const task = await submit(deepomatic, 'classify.image', { images: [image] })
    const resultKey = `results/${task.id}-1-1.json`
    const images = [{ predicted: [], discarded: [] }]
    await deepomatic.ports.files.put(resultKey, JSON.stringify({ model: 'm', images }))
    await endTask(deepomatic, task, { kind: 'succeeded', timings: { preparingMs: 1, computingMs: 1 }, resultKey })
    const { data } = await deepomatic.ok('GET', `/tasks/${task.number}`)
    expect(data).toEqual({ outputs: [{ labels: images[0] }] })
  })

  it('of another language holds its result as it is', async () => {
    const task = await submit()
    await endTask(deepomatic, task, succeeded({ any: ['thing'] }))
    expect(await deepomatic.ok('GET', `/tasks/${task.number}`)).toMatchObject({ data: { any: ['thing'] } })
  })

  it('is an error that says why, when it failed or was stopped', async () => {
    const [broken, stopped] = [await submit(), await submit()]
    await endTask(deepomatic, broken, failed('image 0 could not be decoded'))
    await deepomatic.store.tasks.updateTask(...([deepomatic.company, stopped.id, { statuses: ['queued'] }] as const), {
      status: 'stopped',
      statusReason: 'cancelled by request',
      completedAt: 'now',
    })
    const read = (number: number) => deepomatic.ok('GET', `/tasks/${number}`)
    const error = { status: 'error', date_updated: expect.stringMatching(date), data: null, subtasks: null }
    expect(await read(broken.number)).toMatchObject({ ...error, error: 'image 0 could not be decoded' })
    expect(await read(stopped.number)).toMatchObject({ ...error, error: expect.stringContaining('cancelled') })
  })

  it('does not change any more after its end, whatever is done to it', async () => {
    const task = await submit()
    await endTask(deepomatic, task, succeeded({}))
    const before = await deepomatic.ok('GET', `/tasks/${task.number}`)
    await deepomatic.store.tasks.changeTask(deepomatic.company, task.id, () => ({
      set: { status: 'published', publishedAt: 'now', tags: ['x'] },
      counts: 'status',
    }))
    expect(await deepomatic.ok('GET', `/tasks/${task.number}`)).toEqual(before)
  })

  it('is not found when it is unknown, foreign or no number', async () => {
    const other = await startDeepomatic()
    const { number, id } = await submit(other)
    for (const asked of [
      number,
      id,
      '0',
      '-1',
      '999999999',
      '99999999999999999999',
      'x',
      `0${number}`,
      '1.0',
      '%20',
      '%zz',
    ]) {
      const answer = await deepomatic.call('GET', `/tasks/${asked}`)
      const status = asked === '%zz' ? 400 : 404
      expect(answer, String(asked)).toMatchObject({ status, body: { error: expect.stringMatching(/./) } })
    }
  })
})
