import type { DetailedTask, TaskDetails } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { company, creation, foreignCompany, insertOne, nextId, patch, type Suite } from './subject.ts'

const allDetails = (projectId: string): Omit<TaskDetails, 'type' | 'queueId'> => ({
  comment: 'a comment',
  project: projectId,
  parent: nextId(),
  systemTags: ['development'],
  script: { repository: 'https://example.com/r.git', requirements: { pip: ['numpy'] } },
  execution: { artifacts: [{ key: 'a', mode: 'output', content_size: 2 ** 40 }] },
  container: { image: 'python:3' },
  models: { input: [{ name: 'a', model: 'b' }], output: [] },
  output: { destination: 's3://bucket' },
  hyperparams: { Args: { 'a.b$c/"ü😀\\': { value: '1' } } },
  configuration: { General: { name: 'General', value: 'line\nline' } },
  runtime: { progress: 0.5 },
  lastMetrics: { a: { b: { value: 1.25 } } },
  lastIteration: 2 ** 40,
  activeSeconds: 5,
  workerReportedAt: new Date('2026-01-02T03:04:05.678Z'),
  editedAt: new Date('2026-01-02T03:04:06.789Z'),
  changedBy: 'someone',
  companyOrigin: null,
  leaseUntil: null,
  takenBy: 'gpu-box',
  withdrawn: false,
})

export const detailedTasksSuite: Suite = (subject) => {
  const tasks = () => subject.store.tasks
  const find = async (id: string, of = company, scope: 'own' | 'visible' = 'own') =>
    (await tasks().findDetailed(of, [id], scope))[0]
  const publish = (id: string) =>
    tasks().changeTask(company, id, () => ({ set: { company: '', companyOrigin: company } }))

  describe('searchTasks without parts', () => {
    it('answers them empty, and everything else as it is', async () => {
      const project = await subject.store.projects.ensureProject({ company, user: 'user' }, 'light/ones')
      const given = creation({ ...allDetails(project.id), job: 'embed.text', input: '{}' })
      const task = await tasks().createTask(given)
      const where = { kind: 'any_of', field: ['id'], values: [task.id] } as const
      const search = { company, publicToo: false, where, order: [], offset: 0, limit: 1 }
      expect(await tasks().searchTasks(search)).toEqual([task])
      const light = await tasks().searchTasks(search, ['input', 'events', 'hyperparams', 'lastMetrics'])
      expect(light).toEqual([{ ...task, input: null, events: [], hyperparams: null, lastMetrics: null }])
    })
  })

  describe('createTask', () => {
    it('makes a task that has never run, with every detail as it was given', async () => {
      const project = await subject.store.projects.ensureProject({ company, user: 'user' }, 'a/b')
      const queue = await subject.store.queues.createQueue(company, { name: 'q' })
      const given = creation({
        ...allDetails(project.id),
        queueId: queue.id,
        job: 'embed.text',
        tags: ['t'],
        input: '{"a": 1.0}',
      })
      const task = await tasks().createTask(given)
      expect(task).toMatchObject({
        ...given,
        queue: 'q',
        status: 'created',
        run: 0,
        step: 0,
        priority: 100,
        events: [],
      })
      expect(task).toMatchObject({ statusChangedAt: null, queuedAt: null, startedAt: null, enqueueStatus: null })
      expect(task.updatedAt).toEqual(task.createdAt)
      expect(await find(task.id)).toEqual(task)
      expect(await tasks().findTask(company, task.id)).toMatchObject({ id: task.id, statusChangedAt: null })
    })

    it('leaves what is not given empty', async () => {
      const empty: Partial<DetailedTask> = {
        ...{ comment: null, project: null, parent: null, systemTags: [], script: null, execution: null, models: null },
        ...{
          hyperparams: null,
          configuration: null,
          runtime: null,
          lastMetrics: null,
          lastIteration: 0,
          queueId: null,
        },
        ...{ editedAt: null, changedBy: null, companyOrigin: null, leaseUntil: null, takenBy: null, queue: null },
        withdrawn: false,
      }
      expect(await tasks().createTask(creation())).toMatchObject(empty)
    })

    it('stores what Postgres cannot hold with a replacement, also in the keys of a document', async () => {
      const task = await tasks().createTask(
        creation({
          name: 'a\0',
          tags: ['\ud800'],
          comment: '\0',
          hyperparams: { 'a\0': { '\udfff': ['\0', 'back\\u0000slash', '😀'] } },
        }),
      )
      expect(task).toMatchObject({ name: 'a\ufffd', tags: ['\ufffd'], comment: '\ufffd' })
      expect(task.hyperparams).toEqual({ 'a\ufffd': { '\ufffd': ['\ufffd', 'back\\u0000slash', '😀'] } })
    })

    it.each(['f'.repeat(32), 'none'])('refuses a project and a queue that are not there (%s)', async (id) => {
      const ofProject = tasks().createTask(creation({ project: id }))
      await expect(ofProject).rejects.toMatchObject({ code: 'REQUEST_INVALID' })
      await expect(tasks().createTask(creation({ queueId: id }))).rejects.toMatchObject({ code: 'QUEUE_NOT_FOUND' })
    })
  })

  describe('findDetailed', () => {
    it('answers in the order of the ids, without what is unknown, foreign or no id', async () => {
      const [a, b] = [await tasks().createTask(creation()), await tasks().createTask(creation())]
      const foreign = await tasks().createTask(creation({ company: foreignCompany }))
      const ids = [b.id, 'no id', foreign.id, nextId(), `${a.id}\0`, a.id.toUpperCase(), a.id]
      expect(await tasks().findDetailed(company, ids, 'visible')).toEqual([b, a])
      expect(await tasks().findDetailed(company, [], 'own')).toEqual([])
    })

    it('shows the details of a task that a producer made as empty', async () => {
      const task = await insertOne(subject.store, { queue: 'q' })
      const queue = await subject.store.queues.findQueue(company, 'q')
      expect(await find(task.id)).toMatchObject({ ...task, queueId: queue?.id, type: 'inference', script: null })
    })
  })

  describe('an id that is none', () => {
    it('is as absent as an unknown one, whatever is asked with it', async () => {
      const guard = { statuses: ['created'] as const }
      expect(await tasks().findTask(company, 'no id')).toBeNull()
      expect(await tasks().updateTask(company, 'no id', guard, {})).toBeNull()
      expect(await tasks().deleteTask(company, 'no id', guard)).toBeNull()
      expect(await tasks().changeTask(company, 'no id', () => ({ set: {} }))).toBeNull()
      expect(await tasks().makePrivate(company, 'no id')).toBeNull()
      expect(await tasks().listChildren(company, 'no id\0')).toEqual([])
      expect(await tasks().renameParent(company, 'no id\0', 'x')).toBe(0)
    })
  })

  describe('a public task', () => {
    it('is seen by all, changed by nobody, and given back only to the company that it came from', async () => {
      const { id } = await tasks().createTask(creation())
      await publish(id)
      expect(await find(id, foreignCompany)).toBeUndefined()
      expect(await find(id, foreignCompany, 'visible')).toMatchObject({ company: '', companyOrigin: company })
      expect(await tasks().changeTask(company, id, () => ({ set: { comment: 'mine' } }))).toBeNull()
      expect(await tasks().findTask(company, id)).toBeNull()
      expect(await tasks().makePrivate(foreignCompany, id)).toBeNull()
      const back = await tasks().makePrivate(company, id)
      expect(back).toMatchObject({ company, companyOrigin: null, comment: null, editedAt: expect.any(Date) })
      expect(await tasks().makePrivate(company, id)).toBeNull()
      expect(await find(id)).toEqual(back)
    })
  })

  describe('children', () => {
    it('are listed and renamed for their company only', async () => {
      const parent = nextId()
      const children = [await tasks().createTask(creation({ parent })), await tasks().createTask(creation({ parent }))]
      const foreign = await tasks().createTask(creation({ parent, company: foreignCompany }))
      await tasks().createTask(creation())
      const expected = children.map(({ id, status }) => ({ id, status }))
      expect(await tasks().listChildren(company, parent)).toEqual(expected)
      expect(await tasks().renameParent(company, parent, `__DELETED__${parent}`)).toBe(2)
      expect(await tasks().listChildren(company, parent)).toEqual([])
      expect(await find(children[0]?.id ?? '')).toEqual({ ...children[0], parent: `__DELETED__${parent}` })
      expect(await find(foreign.id, foreignCompany)).toMatchObject({ parent })
    })
  })

  describe('listSilent and listOverdueLeases', () => {
    const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id)

    it('list what runs without a worker of ours and has been still for so long, the longest silent first', async () => {
      const [one, other, waiting] = [creation(), creation({ company: foreignCompany }), creation()]
      const byHand = creation({ job: 'embed.text' })
      for (const task of [one, other, waiting, byHand]) await tasks().createTask(task)
      const native = await insertOne(subject.store)
      await tasks().recordOutcomes([patch(native)])
      for (const { id, company } of [other, one, byHand]) {
        await tasks().changeTask(company, id, () => ({ set: { status: 'in_progress' }, counts: 'status' }))
      }
      const running = await tasks().listRunning({ afterId: null, olderThanMs: 0, limit: 9 })
      expect(ids(running)).toEqual([native.id])
      expect(ids(await tasks().listSilent(0, 9))).toEqual([other.id, one.id, byHand.id])
      expect(ids(await tasks().listSilent(0, 1))).toEqual([other.id])
      expect(await tasks().listSilent(60_000, 9)).toEqual([])
    })

    it('list what was leased and not started in time, of all companies, and nothing that has moved on', async () => {
      const [one, other, inTime, started] = [creation(), creation({ company: foreignCompany }), creation(), creation()]
      for (const task of [one, other, inTime, started]) await tasks().createTask(task)
      const lease = (task: typeof one, secondsFromNow: number, status: 'queued' | 'in_progress' = 'queued') =>
        tasks().changeTask(task.company, task.id, () => ({ set: { status, leaseUntil: { secondsFromNow } } }))
      await lease(one, -1)
      await lease(other, -60)
      await lease(inTime, 60)
      await lease(started, -1, 'in_progress')
      expect(ids(await tasks().listOverdueLeases(9))).toEqual([other.id, one.id])
      expect(ids(await tasks().listOverdueLeases(1))).toEqual([other.id])
    })
  })

  describe('a native task that was taken out of line while it stayed queued', () => {
    it('is not delivered again until it is queued again', async () => {
      const task = await insertOne(subject.store)
      const listed = () => tasks().listQueued({ after: null, since: null, olderThanMs: 0, limit: 9 })
      await tasks().changeTask(company, task.id, () => ({ set: { withdrawn: true } }))
      expect(await listed()).toEqual([])
      await tasks().updateTask(company, task.id, { statuses: ['queued'] }, { priority: 1 })
      expect(await listed()).toEqual([])
      await tasks().updateTask(company, task.id, { statuses: ['queued'] }, { status: 'queued', run: 2 })
      expect(await listed()).toMatchObject([{ id: task.id }])
    })
  })
}
