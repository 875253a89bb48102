import { type TaskStatus, taskStatuses } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { nextStatus, sourcesOf, type TransitionName, transitions } from './transitions.ts'

/** From `contracts/clearml.md` section C, written out a second time on purpose: where each endpoint may start. */
const sources: Record<TransitionName, TaskStatus[]> = {
  enqueue: ['created', 'queued', 'stopped', 'failed'],
  dequeue: ['queued', 'in_progress'],
  start: ['created', 'queued', 'in_progress', 'stopped', 'completed'],
  complete: ['in_progress', 'stopped', 'completed'],
  fail: ['in_progress', 'stopped', 'closed', 'failed'],
  stop: ['queued', 'in_progress', 'stopped', 'closed', 'failed'],
  close: ['stopped', 'closed'],
  publish: ['stopped', 'publishing', 'closed', 'failed', 'completed'],
  reset: ['created', 'queued', 'in_progress', 'stopped', 'closed', 'failed', 'completed'],
}
const names = Object.keys(sources) as TransitionName[]

describe('the transition table', () => {
  it.each(names)('lets %s start exactly where the wire contract does', (name) => {
    expect(sourcesOf(name).sort()).toEqual([...sources[name]].sort())
  })

  it.each(taskStatuses)('refuses every move from %s that it does not list, and says which', (from) => {
    for (const name of names.filter((name) => !sources[name].includes(from))) {
      expect(() => nextStatus(from, name)).toThrow(`cannot ${name} a task that is ${from}`)
    }
  })

  it('lets nothing change a published task, so a published result never changes under a reader', () => {
    expect(transitions.published).toEqual({})
  })
})
