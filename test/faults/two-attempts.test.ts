import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { startInferq } from '../lib/inferq.ts'
import { endingsOf } from '../lib/load.ts'

describe('two attempts that finish the same run', () => {
  it('leave one recorded result: the late one changes nothing', async () => {
    await using inferq = await startInferq({ worker: null })
    const slow = await inferq.startWorker({ INFERQ_WORKER_ID: 'slow' })
    const { id } = await inferq.client.submit({ job: 'echo', input: { delay_ms: 2_000 } })
    await until(async () => (await inferq.client.get(id)).status === 'in_progress', { what: 'the task to run' })
    // Frozen, it neither renews its lock nor learns that it has lost it.
    slow.pause()
    await inferq.startWorker({ INFERQ_WORKER_ID: 'quick' })
    const recorded = await inferq.client.waitFor(id, { timeoutMs: 30_000 })
    expect(recorded).toMatchObject({ status: 'completed' })
    expect(recorded.attempts.map(({ worker, state }) => [worker, state])).toEqual([
      ['slow', 'lost'],
      ['quick', 'succeeded'],
    ])
    slow.resume()
    // The worker that was frozen is itself again when it serves the next task of its own.
    await until(
      async () => {
        const next = await inferq.client.submit({ job: 'echo', input: { delay_ms: 50 } }, { wait: 10 })
        return next.attempts[0]?.worker === 'slow'
      },
      { what: 'the slow worker to be back', timeoutMs: 30_000 },
    )
    expect(await inferq.client.get(id)).toEqual(recorded)
    expect(await endingsOf(inferq.client, id)).toEqual(['succeeded'])
  })
})
