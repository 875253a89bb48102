import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { createRunningJobs } from './running-jobs.ts'
import { silentLog, takenJob } from './worker.fixture.ts'

const hourMs = 3_600_000

function registry(readStopFlags: (ref: { queue: string }, ids: readonly string[]) => Promise<readonly string[]>) {
  const running = createRunningJobs({ readStopFlags, log: silentLog, sweepIntervalMs: 5 })
  return { ...running, [Symbol.dispose]: () => running.close() }
}
const noFlags = async () => []

describe('the jobs that a worker holds', () => {
  it('are known until they are let go', () => {
    using running = registry(noFlags)
    const [a, b] = [takenJob({}), takenJob({})]
    const held = running.hold(a, hourMs)
    running.hold(b, hourMs)
    expect(running.ids()).toEqual([a.jobId, b.jobId])
    running.letGo(held)
    expect(running.ids()).toEqual([b.jobId])
  })

  it('are stopped by their id, and a hint for a job of another worker is nothing', () => {
    using running = registry(noFlags)
    const [a, b] = [takenJob({}), takenJob({})]
    const [heldA, heldB] = [running.hold(a, hourMs), running.hold(b, hourMs)]
    running.stop('somebody else’s')
    running.stop(a.jobId)
    expect(heldA.signal.reason).toMatchObject({ code: 'CANCELLED' })
    expect(heldB.signal.aborted).toBe(false)
  })

  it('are stopped by their flag when the hint was lost, on whichever queue they are', async () => {
    const [a, b] = [takenJob({}), takenJob({}, { ref: { company: 'c', queue: 'other' } })]
    using running = registry(async (ref, ids) => (ref.queue === 'other' ? ids : []))
    const [heldA, heldB] = [running.hold(a, hourMs), running.hold(b, hourMs)]
    await until(() => heldB.signal.aborted, { what: 'the flagged job to be aborted' })
    expect(heldB.reason).toMatchObject({ code: 'CANCELLED' })
    expect(heldA.signal.aborted).toBe(false)
  })

  it('are still swept after their flags could not be read', async () => {
    let asked = 0
    using running = registry(async (_, ids) => {
      if (asked++ === 0) throw new Error('Redis is away')
      return ids
    })
    const held = running.hold(takenJob({}), hourMs)
    await until(() => held.signal.aborted, { what: 'the job to be aborted' })
  })

  it('are aborted when their time is over', async () => {
    using running = registry(noFlags)
    const held = running.hold(takenJob({}), 20)
    await until(() => held.signal.aborted, { what: 'the timeout' })
    expect(held.reason).toMatchObject({ code: 'ATTEMPT_TIMED_OUT', kind: 'transient' })
  })

  it('are all aborted at shutdown, those that come later too', () => {
    using running = registry(noFlags)
    const before = running.hold(takenJob({}), hourMs)
    running.shutDown()
    const after = running.hold(takenJob({}), hourMs)
    for (const { reason } of [before, after]) expect(reason).toMatchObject({ code: 'WORKER_SHUTDOWN' })
  })

  it('keep the first reason that they were aborted for', () => {
    using running = registry(noFlags)
    const job = takenJob({})
    const held = running.hold(job, hourMs)
    running.stop(job.jobId)
    running.shutDown()
    expect(held.reason).toMatchObject({ code: 'CANCELLED' })
  })
})
