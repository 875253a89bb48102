import { beforeAll, describe, expect, it } from 'vitest'
import { type Deepomatic, endTask, failed, startDeepomatic, submitTask } from '../testing/deepomatic.fixture.ts'

let deepomatic: Deepomatic
beforeAll(async () => {
  deepomatic = await startDeepomatic()
})
const submit = (of = deepomatic) => submitTask(of)

describe('a list of tasks', () => {
  const list = async (query: string) => {
    const { count, results } = await deepomatic.ok('GET', `/tasks/?${query}`)
    return { count, ids: results.map(({ id }: { id: string }) => id) }
  }

  it('holds what was asked for in that order, each once, in any way of asking', async () => {
    const [a, b, c] = [await submit(), await submit(), await submit()].map(({ number }) => String(number))
    const encoded = encodeURIComponent(JSON.stringify([c, Number(a)]))
    for (const query of [
      `task_ids=${c}&task_ids=${a}&offset=0&limit=100`,
      `task_ids=${encoded}`,
      `task_ids=%20${encoded}&task_ids=${a}&task_ids=${c}`,
      `task_ids=${c}&task_ids=${c}&task_ids=[${a}]&public=1`,
    ]) {
      expect(await list(query)).toEqual({ count: 2, ids: [c, a] })
    }
    expect(await list(`task_ids=${b}&task_ids=${encoded}`)).toEqual({ count: 3, ids: [b, c, a] })
  })

  it('leaves out what is not there, and is empty when nothing is asked for', async () => {
    const { number } = await submit()
    const foreign = await submit(await startDeepomatic())
    const asked = [foreign.number, '', 'x', '999999999', number].map((id) => `task_ids=${id}`)
    expect(await list(asked.join('&'))).toEqual({ count: 1, ids: [String(number)] })
    for (const query of ['', 'task_ids=[]', 'offset=0&limit=100']) {
      expect(await deepomatic.ok('GET', `/tasks?${query}`)).toEqual({
        count: 0,
        next: null,
        previous: null,
        results: [],
      })
    }
  })

  it.each(['[', '["1"', '[null]', '[[1]]', '[{}]', '[true]', '["1"] x'])(
    'is refused when an array is broken: %s',
    async (ids) => {
      const answer = await deepomatic.call('GET', `/tasks?task_ids=${encodeURIComponent(ids)}`)
      expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining('task_ids') } })
    },
  )

  it('goes over pages by links that hold every id, each task once and in order', async () => {
    const tasks = await Promise.all(Array.from({ length: 120 }, () => submit()))
    await endTask(deepomatic, tasks[7] as (typeof tasks)[0], failed('it broke'))
    const ids = tasks.map(({ number }) => String(number)).toReversed()
    let path: string | null = `/tasks/?${ids.map((id) => `task_ids=${id}`).join('&')}&offset=0&limit=100`
    const found: { id: string; status: string }[] = []
    for (let pages = 0; path !== null; pages++) {
      const { count, next, results } = await deepomatic.ok('GET', path)
      expect([count, results.length]).toEqual([120, pages === 0 ? 100 : 20])
      found.push(...results)
      expect(next === null || /^http:\/\/127\.0\.0\.1:\d+\/v0\.7\/tasks\/\?/.test(next)).toBe(true)
      path = next === null ? null : next.slice(next.indexOf('/v0.7') + '/v0.7'.length)
    }
    expect(found.map(({ id }) => id)).toEqual(ids)
    expect(found.filter(({ status }) => status === 'error').map(({ id }) => id)).toEqual([String(tasks[7]?.number)])
  })
})
