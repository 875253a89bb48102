import { returnLeases } from '@inferq/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
let queue: string
let task: string
beforeEach(async () => {
  bench = await startStatuses()
  queue = (await bench.newQueue()).id
  task = (await bench.waiting(queue, 1))[0] ?? ''
})

/** Calls as this agent; an empty name is none. */
const as = (worker: string) => ({ headers: worker === '' ? {} : { 'x-clearml-worker': worker } })
const take = async (agent: string) => {
  const { entry } = await bench.ok('queues.get_next_task', { queue }, as(agent))
  expect(entry.task).toBe(task)
}
const start = (agent: string) =>
  bench.call('tasks.started', { task, force: true, status_message: 'pulled by agent' }, as(agent))
const report = (agent: string) =>
  bench.ok('workers.status_report', { worker: `${agent}:0`, timestamp: Date.now(), task, queue }, as(agent))
const entries = () => bench.entriesOf(queue)

/** The agent that has the task is given up for lost. */
async function loseAgent() {
  await bench.services.tasks.changeTask(bench.company, task, () => ({ set: { leaseUntil: { secondsFromNow: -1 } } }))
  expect(await returnLeases(bench.ports)).toBe(1)
}

describe('an agent that was given up for lost before it started its task, and starts it after all', () => {
  it('runs it when nobody else has taken it, and nobody else gets it then', async () => {
    await take('box-a')
    await loseAgent()
    expect(await start('box-a')).toMatchObject({ status: 200, data: { started: 1 } })
    expect(await entries()).toEqual([])
    expect((await bench.taskNow(task)).status).toBe('in_progress')
  })

  it('is named in the history of the task', async () => {
    await take('box-a')
    await loseAgent()
    const { statusMessage, events } = await bench.taskNow(task)
    expect(statusMessage).toMatch(/^Agent box-a took the task and was lost before it started it/)
    expect(events.at(-1)).toMatchObject({ type: 'redelivered', worker: 'box-a' })
  })

  it.each(['taken', 'started', 'completed'])('is refused once another one has %s it', async (done) => {
    await take('box-a')
    await loseAgent()
    await take('box-b')
    if (done !== 'taken') expect((await start('box-b')).status).toBe(200)
    if (done === 'completed') await bench.ok('tasks.completed', { task })
    const before = await bench.taskNow(task)
    const late = await start('box-a')
    expect(late).toMatchObject({ status: 400, subcode: 110, data: {} })
    expect(late.msg).toContain('box-b has taken it since')
    expect(await bench.taskNow(task)).toEqual(before)
    if (done === 'taken') expect((await start('box-b')).status).toBe(200)
  })

  it('is not named as the one that runs it, whatever it reports', async () => {
    await take('box-a')
    await loseAgent()
    await take('box-b')
    await start('box-b')
    await report('box-b')
    await report('box-a')
    expect((await bench.taskNow(task)).worker).toBe('box-b:0')
  })

  it('may run the task when it takes it again, and in its next run', async () => {
    await take('box-a')
    await loseAgent()
    await take('box-a')
    expect((await start('box-a')).status).toBe(200)
    await report('box-a')
    await loseAndGiveTo('box-b')
    await bench.ok('tasks.reset', { task, force: true })
    expect((await start('box-a')).status).toBe(200)
  })

  it('cannot be told from another one that says no name', async () => {
    await take('')
    await loseAgent()
    await take('')
    expect((await start('')).status).toBe(200)
    expect((await start('')).status).toBe(200)
  })
})

/** The task is enqueued anew, taken by the agent that has it now, lost, and taken by another one. */
async function loseAndGiveTo(other: string) {
  await bench.ok('tasks.reset', { task, force: true })
  await bench.ok('tasks.enqueue', { task, queue })
  await take('box-a')
  await loseAgent()
  await take(other)
  expect((await start('box-a')).status).toBe(400)
}
