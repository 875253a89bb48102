import { describe, expect, it } from 'vitest'
import { isReturned, isTakenOver } from './lost-agents.ts'
import type { TaskEvent } from './task.ts'

const event = (type: TaskEvent['type'], worker?: string): TaskEvent => ({
  ...{ type, at: 0, run: 1, status: 'queued' },
  ...(worker === undefined ? {} : { worker }),
})
const lostBy = (agent: string) => [event('queued'), event('redelivered', agent)]

describe('an agent comes too late', () => {
  it('when it was given up for lost in this run and another one took the task since, or one without a name', () => {
    for (const takenBy of ['b', null]) expect(isTakenOver({ events: lostBy('a'), takenBy }, 'a')).toBe(true)
  })

  it('not when it took the task last, was never lost, or was so in an earlier run', () => {
    expect(isTakenOver({ events: lostBy('a'), takenBy: 'a' }, 'a')).toBe(false)
    expect(isTakenOver({ events: lostBy('a'), takenBy: 'b' }, 'c')).toBe(false)
    for (const next of [event('queued'), event('reset')]) {
      expect(isTakenOver({ events: [...lostBy('a'), next], takenBy: 'b' }, 'a')).toBe(false)
    }
  })

  it('never when it says no name', () => {
    expect(isTakenOver({ events: lostBy('a'), takenBy: 'b' }, undefined)).toBe(false)
  })
})

describe('a task that is back in line', () => {
  it('is one of agents that was returned and nothing has happened to since', () => {
    const task = { job: null, status: 'queued', events: lostBy('a') } as const
    expect(isReturned(task)).toBe(true)
    expect(isReturned({ ...task, events: [] })).toBe(false)
    expect(isReturned({ ...task, events: [...lostBy('a'), event('queued')] })).toBe(false)
    expect(isReturned({ ...task, status: 'in_progress' })).toBe(false)
    expect(isReturned({ ...task, job: 'embed.text' })).toBe(false)
  })
})
