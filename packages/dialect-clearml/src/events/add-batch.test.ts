import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makePublicTask, makeTask, readTask, setStatus, unknownTask } from '../testing/tasks.fixture.ts'
import { logged, pictured, plotted, report, reportRaw, scalar } from './events.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const logOf = (task: string) => clearml.ok('events.get_task_log', { task, order: 'asc' })
const messagesOf = async (task: string) => (await logOf(task)).events.map(({ msg }: { msg: string }) => msg)
const eventsOf = async (task: string) =>
  (await clearml.ok('events.get_task_events', { task, batch_size: 10_000 })).total

describe('events.add_batch', () => {
  it('success: adds one event a line, of any type', async () => {
    const task = await makeTask(clearml)
    const vector = { type: 'training_stats_vector', task, metric: 'm', variant: 'v', values: [1, 2] }
    const events = [logged(task, 'a\nb'), scalar(task, 1, 0.5), vector, plotted(task, 1), pictured(task, 1)]
    expect((await report(clearml, events)).data).toEqual({ added: 5, errors: 0, errors_info: {} })
    expect(await eventsOf(task)).toBe(5)
    expect(await messagesOf(task)).toEqual(['a\nb'])
  })

  it('success: takes a plain object as a batch of one, and by POST', async () => {
    const task = await makeTask(clearml)
    expect(await clearml.ok('events.add_batch', logged(task, 'x'), { method: 'POST' })).toMatchObject({ added: 1 })
  })

  it('success: an event without worker and time is of the caller, now', async () => {
    const task = await makeTask(clearml)
    const before = Date.now()
    const raw = JSON.stringify({ type: 'log', task, msg: 'x' })
    await clearml.call('events.add_batch', undefined, {
      raw,
      headers: { 'content-type': 'application/json-lines', 'x-clearml-worker': 'my-host' },
    })
    const [event] = (await logOf(task)).events
    expect(event).toMatchObject({ worker: 'my-host', level: '' })
    expect(event.timestamp).toBeGreaterThanOrEqual(before)
    expect(event.timestamp).toBeLessThanOrEqual(Date.now())
  })

  it('success: what is published takes events that say so, and those only', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'published')
    const events = [logged(task, 'no'), logged(task, 'yes', 0, { allow_locked: true })]
    const { data } = await report(clearml, events)
    expect(data).toMatchObject({ added: 1, errors: 1 })
    expect(Object.entries(data.errors_info)).toEqual([[expect.stringContaining('published'), 1]])
    expect(await messagesOf(task)).toEqual(['yes'])
  })

  it('success: an event that is wrong costs no other one, a NaN of Python among them', async () => {
    const task = await makeTask(clearml)
    const good = JSON.stringify(scalar(task, 1, 1))
    const lines = [good, good.replace('"value":1', '"value":NaN'), good.replace('"value":1', '"value":-Infinity')]
    const answer = await reportRaw(clearml, lines.join('\n'))
    expect(answer.data).toEqual({ added: 1, errors: 2, errors_info: { "field 'value' is required": 2 } })
  })

  it('refusal: when nothing was added', async () => {
    const task = await makeTask(clearml)
    const before = await readTask(clearml, task)
    const answer = await report(clearml, [{ type: 'unknown', task }, scalar(task, 1, Number.NaN)])
    expect(answer).toMatchObject({ status: 400, subcode: 131, data: {} })
    expect(answer.msg).toContain("'value'")
    expect(await readTask(clearml, task)).toEqual(before)
  })

  it("refusal: unknown tasks, another company's, public ones and published ones, each as the error of an event", async () => {
    const other = await clearml.another({ company: 'new' })
    const [foreign, shown, locked] = [await makeTask(other), await makePublicTask(other), await makeTask(clearml)]
    await setStatus(clearml, locked, 'publishing')
    const model = await makeModel(clearml)
    const tasks = [unknownTask, 'nonsense', foreign, shown, locked]
    for (const task of tasks) {
      expect(await report(clearml, [logged(task, 'x')])).toMatchObject({ status: 400, subcode: 131 })
    }
    const ofModels = [model, newTaskId()].map((id) => logged(id, 'x', 0, { model_event: true }))
    for (const event of ofModels) expect(await report(clearml, [event])).toMatchObject({ status: 400, subcode: 131 })

    const own = await makeTask(clearml)
    const events = [...tasks.map((task) => logged(task, 'x')), ...ofModels, logged(own, 'x')]
    const { data } = await report(clearml, events)
    expect(data).toMatchObject({ added: 1, errors: 7 })
    expect(Object.values(data.errors_info)).toEqual(expect.arrayContaining([4, 1, 1, 1]))
    for (const task of tasks) expect(JSON.stringify(data)).not.toContain(task)
    expect((await other.ok('events.get_task_log', { task: foreign })).total).toBe(0)
    expect((await other.ok('events.get_task_log', { task: shown })).total).toBe(0)
    expect(await eventsOf(locked)).toBe(0)
  })

  it('wrong input: no items', async () => {
    expect(await reportRaw(clearml, '\n')).toMatchObject({ status: 400, subcode: 17 })
    expect(await clearml.call('events.add_batch')).toMatchObject({ status: 400, subcode: 17 })
  })

  it('wrong input: a line that is no JSON or no object costs the whole batch', async () => {
    const task = await makeTask(clearml)
    const good = JSON.stringify(logged(task, 'x'))
    for (const bad of ['{', '[]', '1', 'NaN', `${good}${good}`]) {
      expect(await reportRaw(clearml, `${good}\n${bad}`)).toMatchObject({ status: 400, subcode: 0 })
    }
    expect(await eventsOf(task)).toBe(0)
  })
})
