import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { startInferq } from '../lib/inferq.ts'
import { expectAllDone, startLoad } from '../lib/load.ts'

describe('an api killed between the commit and the add', () => {
  it('has lost nothing: the record is delivered when an api is back', async () => {
    await using inferq = await startInferq()
    // Redis is gone, so what is acknowledged now is in the record and nowhere else.
    await inferq.redis.kill()
    const queued = await Promise.all(
      Array.from({ length: 20 }, (_, n) => inferq.client.submit({ job: 'echo', input: { n } })),
    )
    await inferq.api.kill()
    await inferq.redis.restart()
    const { client } = await inferq.startApi()
    for (const [n, { id }] of queued.entries()) {
      expect(await client.waitFor(id, { timeoutMs: 30_000 })).toMatchObject({ status: 'completed', result: { n } })
    }
  })
})

describe('an api killed at any moment under load', () => {
  it('keeps every promise it made, while another api records what the workers report', async () => {
    await using inferq = await startInferq()
    let current = { api: inferq.api, client: inferq.client }
    const other = await inferq.startApi()
    const load = startLoad(() => current.client, { tasks: 1_000 })
    for (const count of [150, 400, 700]) {
      await load.reached(count)
      const doomed = current.api
      const next = await inferq.startApi()
      await doomed.kill()
      current = next
    }
    await expectAllDone(other.client, load)
    const queues = await other.client.queue('default')
    expect(queues).toMatchObject({ waiting: 0, delayed: 0 })
    await until(async () => (await other.client.queue('default')).active === 0, { what: 'no job to be left' })
  })
})
