import { describe, expect, it } from 'vitest'
import type { JobToAdd, Ports, TaskChange } from '../ports.ts'
import type { DetailedTask } from '../task-details.ts'
import { actOnSeen, changeAsSeen, lookAgain } from './act-on-seen.ts'
import { moveStatus } from './move-status.ts'

const id = '0'.repeat(32)
const nativeTask = {
  ...{ id, company: 'c', user: 'u', job: 'echo', status: 'queued', run: 1, step: 0, priority: 100, attemptsAllowed: 3 },
  ...{ queue: 'default', queueId: 'q', queuedAt: new Date(0), input: '{}', inputKey: null, traceparent: null },
  ...{ project: null, withdrawn: false, startedAt: null },
} as unknown as DetailedTask

/** One task that somebody else may change after each look, and a line in which its job can be removed once. */
function partsWith(task: DetailedTask, changedAfterLook: (task: DetailedTask) => DetailedTask) {
  let row = task
  const line = new Set(['job'])
  const added: JobToAdd[] = []
  const ports = {
    tasks: {
      async findDetailed() {
        const seen = row
        row = changedAfterLook(row)
        return [seen]
      },
      async changeTask(_company: string, _id: string, decide: (task: DetailedTask) => TaskChange | null) {
        const before = row
        const change = decide(before)
        if (change) row = { ...row, ...change.set } as DetailedTask
        return { before, after: row, leftQueues: 0 }
      },
    },
    line: {
      removeJob: async () => (line.delete('job') ? 'removed' : 'absent'),
      addJobs: async (jobs: JobToAdd[]) => {
        added.push(...jobs)
      },
    },
  } as unknown as Ports
  return { ports, added, now: () => row }
}

const asItIs = (task: DetailedTask) => task
const nextRun = (task: DetailedTask): DetailedTask => ({ ...task, run: task.run + 1 })

describe('acting on a task as it was seen', () => {
  it('is given up when the task moves at every look', async () => {
    const { ports, now } = partsWith(nativeTask, nextRun)
    await expect(moveStatus(ports, 'c', id, 'stop', { by: 'u' })).rejects.toMatchObject({
      code: 'TASK_MOVED_MEANWHILE',
    })
    expect(now().status).toBe('queued')
  })

  it('looks again when the task moved once', async () => {
    let moved = false
    const { ports } = partsWith(nativeTask, (task) => {
      if (moved) return task
      moved = true
      return nextRun(task)
    })
    const { task } = await moveStatus(ports, 'c', id, 'stop', { by: 'u' })
    expect(task).toMatchObject({ status: 'stopped', run: 2 })
  })

  it('puts back a job that was removed for a change that did not happen', async () => {
    const { ports, added } = partsWith(nativeTask, nextRun)
    const change = () => changeAsSeen(ports, nativeTask, 'removed', () => ({ set: {} }))
    await actOnSeen(ports, 'c', id, async () => 'looked')
    expect(await change()).toBe(lookAgain)
    expect(added.map(({ payload }) => payload.run)).toEqual([2])
  })

  it('puts it back too when the change is refused', async () => {
    const { ports, added } = partsWith(nativeTask, asItIs)
    const refuse = () => {
      throw new Error('refused')
    }
    await expect(changeAsSeen(ports, nativeTask, 'removed', refuse)).rejects.toThrow('refused')
    expect(added).toHaveLength(1)
  })

  it('puts back nothing of a task that is to be in no line', async () => {
    const { ports, added } = partsWith({ ...nativeTask, withdrawn: true }, asItIs)
    await changeAsSeen(ports, nativeTask, 'removed', () => null)
    expect(added).toEqual([])
  })
})
