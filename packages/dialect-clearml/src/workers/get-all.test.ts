import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from '../queues/queues.fixture.ts'
import { reportNative } from './workers.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const all = async (request: object = {}) => (await bench.ok('workers.get_all', request)).workers
const idsOf = async (request: object) => (await all(request)).map(({ id }: { id: string }) => id)

describe('workers.get_all', () => {
  it('success: an agent with its task, project and queues, what comes next in them, and how much', async () => {
    const queue = await bench.newQueue({ display_name: 'Shown' })
    const waiting = await bench.waiting(queue.id, 1, 1)
    const project = await bench.services.projects.createProject(
      { company: bench.company, user: bench.user.id },
      { name: 'some project' },
    )
    const task = await bench.agentsTask({ name: 'running', project: project.id, activeSeconds: 7, lastIteration: 3 })
    const report = { worker: 'full', timestamp: Date.now(), task, queue: queue.id, queues: [queue.id] }
    await bench.ok('workers.status_report', report)
    const shown = {
      ...{ id: queue.id, name: queue.name, display_name: 'Shown' },
      ...{ next_task: { id: waiting[0], name: 'some task' }, num_tasks: 2 },
    }
    expect((await all({ worker_pattern: 'full' }))[0]).toMatchObject({
      task: { id: task, name: 'running', running_time: 7_000, last_iteration: 3 },
      project: { id: project.id, name: 'some project' },
      queue: shown,
      queues: [shown],
      last_report_time: expect.stringMatching(/\+00:00$/),
    })
  })

  it('success: native workers are there too, queues by their ids, with what they run first', async () => {
    const queue = await bench.newQueue()
    const task = await bench.nativeTask({ name: 'native run' })
    await bench.enqueue(task, queue.id)
    const running = [`${task}-1`, `${unknownId}-1`]
    await reportNative(bench.company, { id: 'native-7', queues: [queue.name, 'never made'], running })
    const [worker] = await all({ worker_pattern: 'native-7' })
    expect(worker).toMatchObject({
      id: 'native-7',
      company: { id: bench.company },
      task: { id: task, name: 'native run' },
      queue: { id: queue.id },
      queues: [{ id: queue.id, name: queue.name, num_tasks: 1 }],
      tags: [],
      system_tags: [],
    })
    expect(worker).not.toHaveProperty('user')
    expect(worker).not.toHaveProperty('ip')
  })

  it('success: what was deleted meanwhile keeps its id', async () => {
    const queue = await bench.newQueue()
    await bench.ok('workers.register', { worker: 'outlived', queues: [queue.id] })
    await bench.services.queues.deleteQueue(bench.company, queue.id)
    expect((await all({ worker_pattern: 'outlived' }))[0].queues).toEqual([{ id: queue.id }])
  })

  it('success: last_seen leaves out who has been silent longer; 0 and null leave out nobody', async () => {
    await bench.ok('workers.register', { worker: 'silent', timeout: 100_000 })
    const agent = await bench.services.agents.find(bench.company, bench.user.id, 'silent')
    if (!agent) throw new Error('not registered')
    await bench.services.agents.put({ ...agent, lastActivityAt: new Date(Date.now() - 7_200_000) })
    const pattern = { worker_pattern: 'silent' }
    expect(await idsOf(pattern)).toEqual([])
    expect(await idsOf({ ...pattern, last_seen: 10_000 })).toEqual(['silent'])
    expect(await idsOf({ ...pattern, last_seen: 0 })).toEqual(['silent'])
    expect(await idsOf({ ...pattern, last_seen: null })).toEqual(['silent'])
  })

  it('success: tags of one list are alternatives, both lists must fit, a minus excludes', async () => {
    const other = await startQueues()
    const found = async (request: object) =>
      (await other.ok('workers.get_all', request)).workers.map(({ id }: { id: string }) => id)
    await other.ok('workers.register', { worker: 'a', tags: ['x', 'y'], system_tags: ['s'] })
    await other.ok('workers.register', { worker: 'b', tags: ['y'] })
    await other.ok('workers.register', { worker: 'c', tags: ['z'], system_tags: ['s'] })
    expect(await found({ tags: ['x', 'z'] })).toEqual(['a', 'c'])
    expect(await found({ tags: ['y', '-x'] })).toEqual(['b'])
    expect(await found({ tags: ['-y'] })).toEqual(['c'])
    expect(await found({ tags: ['y'], system_tags: ['s'] })).toEqual(['a'])
  })

  it('success: an agent is gone once its own timeout has passed in silence', async () => {
    await bench.ok('workers.register', { worker: 'short', timeout: 1 })
    const isGone = async () => (await idsOf({ worker_pattern: 'short' })).length === 0
    await until(isGone, { what: 'the registration to expire' })
  })

  it('refusal: another company’s workers are not there; without a credential nothing is', async () => {
    await bench.ok('workers.register', { worker: 'own' })
    const other = await bench.another({ company: 'new' })
    expect((await other.ok('workers.get_all')).workers).toEqual([])
    expect(codes(await bench.call('workers.get_all', {}, { headers: anonymous }))).toBe('401/20')
  })

  it.each([
    ['a time that is none', { last_seen: 'ever' }],
    ['a time below zero', { last_seen: -1 }],
    ['tags that are no list', { tags: 'x' }],
    ['a pattern that is no text', { worker_pattern: 1 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('workers.get_all', request))).toBe('400/12')
  })
})
