import { describe, expect, it } from 'vitest'
import { taskCollection } from '../query/collection.ts'
import { readSelection } from '../query/selection.ts'
import { unreadParts } from './unread-parts.ts'

const unread = (only_fields: string[]) => unreadParts(readSelection({ only_fields }, taskCollection)).sort()
const all = ['configuration', 'events', 'execution', 'hyperparams', 'input', 'lastMetrics', 'result', 'script']

describe('what is not read of tasks', () => {
  it('is everything heavy for a listing of names and statuses', () => {
    expect(unread(['id', 'name', 'status'])).toEqual(all)
  })

  it('is nothing that a document shows', () => {
    expect(unread([])).toEqual(['events'])
    expect(unread(['*'])).toEqual(['events'])
  })

  it('leaves a part to be read of which only a piece is asked for', () => {
    const shown = ['hyperparams', 'lastMetrics', 'execution', 'result']
    const asked = ['hyperparams.Args.lr', 'last_metrics.a.b', 'execution.artifacts']
    expect(unread(asked)).toEqual(all.filter((part) => !shown.includes(part)))
  })

  it('is what is excluded by name', () => {
    expect(unread(['-configuration', '-script'])).toEqual(['configuration', 'events', 'input', 'script'])
  })
})
