import type { JobToAdd, LineMove, QueueRef } from '@inferq/domain'
import { sharedRedisUrl, until } from '@inferq/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { consumeJobs, type Verdict } from './job-consumer.ts'
import { lineKey } from './keys.ts'
import { createLine } from './line.ts'
import { connectionsTo, idOf, jobFor, newRef, silentLog } from './queue.fixture.ts'

const { request, patient } = connectionsTo(sharedRedisUrl())
const redis = request()
const line = createLine(redis, silentLog)
afterAll(() => line.close())

const finished: Verdict = { kind: 'finished' }
const orderOf = async (ref: QueueRef) => (await line.lineEntries(ref)).map(({ jobId }) => jobId)

/** A line of that many jobs of one priority, with names to speak of them: `a`, `b`, ... */
async function lineOf(letters: string, ref = newRef()) {
  const jobs = [...letters].map(() => jobFor(ref))
  await line.addJobs(jobs)
  const names = new Map(jobs.map((job, index) => [idOf(job), letters[index] as string]))
  const ids = new Map([...names].map(([id, name]) => [name, id]))
  return {
    ref,
    move: (name: string, to: LineMove) => line.moveJob(ref, ids.get(name) as string, to),
    async add(name: string, job: JobToAdd = jobFor(ref)) {
      names.set(idOf(job), name)
      ids.set(name, idOf(job))
      await line.addJobs([job])
    },
    nameOf: (jobId: string) => names.get(jobId) ?? '?',
    order: async () => (await orderOf(ref)).map((id) => names.get(id)).join(''),
  }
}

/** Serves the line with a real worker until it is empty. */
async function served(ref: QueueRef): Promise<string[]> {
  const order: string[] = []
  const run = async ({ jobId }: { jobId: string }) => {
    order.push(jobId)
    return finished
  }
  const worker = consumeJobs({ redis: patient(), ref, concurrency: 1, run, log: silentLog })
  worker.start()
  const isEmpty = async () => (await line.counts([ref])).every(({ waiting, active }) => waiting + active === 0)
  await until(isEmpty, { what: 'the line to be served' })
  await worker.close()
  return order
}

describe('moving a job in its line', () => {
  it.each<[string, LineMove, number, string]>([
    ['c', 'front', 0, 'cabdef'],
    ['c', 'back', 5, 'abdefc'],
    ['e', { forward: 1 }, 3, 'abcedf'],
    ['e', { forward: 3 }, 1, 'aebcdf'],
    ['b', { backward: 1 }, 2, 'acbdef'],
    ['b', { backward: 3 }, 4, 'acdebf'],
    ['b', { forward: 1 }, 0, 'bacdef'],
    ['e', { backward: 1 }, 5, 'abcdfe'],
    ['c', { forward: 99 }, 0, 'cabdef'],
    ['c', { backward: 99 }, 5, 'abdefc'],
    ['a', 'front', 0, 'abcdef'],
    ['f', 'back', 5, 'abcdef'],
    ['c', { forward: 0 }, 2, 'abcdef'],
  ])('puts %s %j at place %i and leaves the others in order: %s', async (name, to, place, order) => {
    const queue = await lineOf('abcdef')
    expect(await queue.move(name, to)).toBe(place)
    expect(await queue.order()).toBe(order)
    expect((await served(queue.ref)).map(queue.nameOf).join('')).toBe(order)
  })

  it.each<LineMove>(['front', 'back', { forward: 1 }, { backward: 1 }])(
    'by %j leaves new jobs behind all that were there',
    async (to) => {
      const queue = await lineOf('abcd')
      for (const name of ['b', 'c', 'd', 'a', 'c', 'b']) await queue.move(name, to)
      const before = await queue.order()
      await queue.add('y')
      await queue.add('z')
      expect(await queue.order()).toBe(`${before}yz`)
    },
  )

  it('answers null for a job that does not wait in this line, and changes nothing', async () => {
    const queue = await lineOf('ab')
    expect(await line.moveJob(queue.ref, idOf(jobFor(queue.ref)), 'front')).toBeNull()
    expect(await line.moveJob(newRef(), idOf(jobFor(queue.ref)), 'back')).toBeNull()
    expect(await queue.order()).toBe('ab')
  })

  it('answers null for a job that a worker holds', async () => {
    const ref = newRef()
    const job = jobFor(ref)
    await line.addJobs([job, jobFor(ref)])
    const end = Promise.withResolvers<Verdict>()
    const worker = consumeJobs({ redis: patient(), ref, concurrency: 1, run: () => end.promise, log: silentLog })
    worker.start()
    await until(async () => (await line.counts([ref]))[0]?.active === 1, { what: 'the job to be taken' })
    expect(await line.moveJob(ref, idOf(job), 'back')).toBeNull()
    end.resolve(finished)
    await worker.close()
  })

  it('keeps every job once when many move at the same time', async () => {
    const letters = 'abcdefghijkl'
    const queue = await lineOf(letters)
    const ways: LineMove[] = ['front', 'back', { forward: 2 }, { backward: 3 }, { forward: 5 }, { backward: 1 }]
    const moves = Array.from({ length: 200 }, (_, index) =>
      queue.move(letters[(index * 7) % letters.length] as string, ways[index % ways.length] as LineMove),
    )
    expect(await Promise.all(moves)).not.toContain(null)
    const order = await queue.order()
    expect([...order].sort().join('')).toBe(letters)
    expect((await served(queue.ref)).map(queue.nameOf).join('')).toBe(order)
  })

  it('does every move of a long walk exactly as moving in a list does', async () => {
    const letters = 'abcdefgh'
    const queue = await lineOf(letters)
    let expected = [...letters]
    for (let step = 0; step < 120; step++) {
      const name = letters[(step * 5 + Math.floor(step / 7)) % letters.length] as string
      const count = step % 4
      const to = ([{ forward: count }, { backward: count }, 'front', { backward: count + 1 }, 'back'] as const)[
        step % 5
      ]
      const place = await queue.move(name, to as LineMove)
      expected = expected.filter((each) => each !== name)
      expected.splice(place as number, 0, name)
      expect(await queue.order()).toBe(expected.join(''))
    }
  })

  it('between jobs of one priority pushes none of them behind new jobs of its priority', async () => {
    const ref = newRef()
    const queue = await lineOf('', ref)
    for (const [name, priority] of [
      ['a', 1],
      ['b', 1],
      ['z', 1_000],
    ] as const)
      await queue.add(name, jobFor(ref, priority))
    expect(await queue.move('z', { forward: 1 })).toBe(1)
    await queue.add('c', jobFor(ref, 1))
    expect(await queue.order()).toBe('azbc')
    expect(await queue.move('a', 'back')).toBe(3)
    await queue.add('d', jobFor(ref, 1))
    expect(await queue.order()).toBe('zbcad')
  })

  it('parts jobs that stand at one score, as those do that workers gave back', async () => {
    const queue = await lineOf('abcdef')
    const [a, b, c] = await orderOf(queue.ref)
    const front = 100 * 2 ** 32
    await redis.zadd(lineKey(queue.ref, 'prioritized'), front, a as string, front, b as string, front, c as string)
    const [first, second, third] = [...(await queue.order())] as [string, string, string]
    expect(await queue.move(third, { forward: 1 })).toBe(1)
    expect(await queue.order()).toBe(`${first}${third}${second}def`)
    expect(await queue.move(first, { backward: 1 })).toBe(1)
    expect(await queue.order()).toBe(`${third}${first}${second}def`)
    expect(await queue.move('e', { forward: 3 })).toBe(1)
    expect(await queue.order()).toBe(`${third}e${first}${second}df`)
    await queue.add('z')
    expect(await queue.order()).toBe(`${third}e${first}${second}dfz`)
  })

  it('counts recovered jobs, which stand before all others, as the front of the line', async () => {
    const queue = await lineOf('abcd')
    const [a, b] = await orderOf(queue.ref)
    for (const jobId of [b, a] as string[]) {
      await redis.multi().zrem(lineKey(queue.ref, 'prioritized'), jobId).lpush(lineKey(queue.ref, 'wait'), jobId).exec()
    }
    expect(await queue.order()).toBe('bacd')
    expect(await queue.move('d', { forward: 2 })).toBe(1)
    expect(await queue.order()).toBe('bdac')
    expect(await queue.move('b', 'back')).toBe(3)
    expect((await served(queue.ref)).map(queue.nameOf).join('')).toBe('dacb')
  })

  it('leaves the priority that a job comes back with when it is retried', async () => {
    const ref = newRef()
    const queue = await lineOf('', ref)
    for (const [name, priority] of [
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ] as const)
      await queue.add(name, jobFor(ref, priority))
    await queue.move('c', 'front')
    const order: string[] = []
    const run = async ({ jobId, attempt }: { jobId: string; attempt: number }): Promise<Verdict> => {
      order.push(queue.nameOf(jobId))
      return attempt === 1 && queue.nameOf(jobId) === 'c' ? { kind: 'retry', delayMs: 0 } : finished
    }
    const worker = consumeJobs({ redis: patient(), ref, concurrency: 1, run, log: silentLog })
    worker.start()
    await until(() => order.length === 4, { what: 'four starts' })
    await worker.close()
    expect(order.join('')).toBe('cabc')
  })
})

describe('the entries of a line', () => {
  it('are the waiting jobs in order, with the time at which each was queued, at most as many as asked for', async () => {
    const ref = newRef()
    const jobs = [5_000, 6_000, 7_000].map((queuedAt) => jobFor(ref, 100, { queuedAt }))
    await line.addJobs(jobs)
    const entries = jobs.map((job, index) => ({ jobId: idOf(job), addedAt: new Date(5_000 + index * 1_000) }))
    expect(await line.lineEntries(ref)).toEqual(entries)
    expect(await line.lineEntries(ref, 2)).toEqual(entries.slice(0, 2))
    expect(await line.lineEntries(ref, 0)).toEqual([])
    expect(await line.lineEntries(newRef())).toEqual([])
  })
})

describe('a queue whose name has characters that keys cannot have', () => {
  it('serves its own jobs and no others', async () => {
    const company = newRef().company
    const refs = ['a:b', 'a%3Ab', '{a}', 'a/b', '队列 {1}:2'].map((queue) => ({ company, queue }))
    const jobs = refs.map((ref) => jobFor(ref))
    await line.addJobs(jobs)
    expect((await line.counts(refs)).map(({ waiting }) => waiting)).toEqual([1, 1, 1, 1, 1])
    for (const [index, ref] of refs.entries()) expect(await served(ref)).toEqual([idOf(jobs[index] as JobToAdd)])
  })
})
