import { expect } from 'vitest'

export interface TaskObject {
  id: string
  status: 'pending' | 'success' | 'error'
  error: string | null
  date_created: string
  date_updated: string | null
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  data: any
  subtasks: null
}

export interface Page<Item> {
  count: number
  next: string | null
  previous: string | null
  results: Item[]
}

export const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/
const time: string = expect.stringMatching(timestamp)

/** All that is true of every task, whatever its status. */
export function expectTask(value: TaskObject): TaskObject {
  const ended = value.status !== 'pending'
  expect(value).toEqual({
    id: expect.stringMatching(/^\d+$/),
    status: expect.stringMatching(/^(pending|success|error)$/),
    error: value.status === 'error' ? expect.stringMatching(/\S/) : null,
    date_created: time,
    date_updated: ended ? time : null,
    data: value.status === 'success' ? expect.any(Object) : null,
    subtasks: null,
  })
  return value
}

export function expectPage<Item>(value: Page<Item>): Page<Item> {
  const link = (address: string | null) => (address === null ? null : expect.stringMatching(/^https?:\/\//))
  expect(value).toEqual({
    count: expect.any(Number),
    next: link(value.next),
    previous: link(value.previous),
    results: expect.any(Array),
  })
  for (const item of value.results) expect(item).toHaveProperty('id')
  return value
}

/** The body of a refusal: a text under `error`, and nothing of how the server is made. */
export function expectError({ status, data }: { status: number; data: unknown }, expected: number): void {
  expect({ status, data }).toEqual({
    status: expected,
    data: expect.objectContaining({ error: expect.stringMatching(/\S/) }),
  })
  expect(JSON.stringify(data)).not.toMatch(/node_modules|\.ts:\d|\bat [\w.]+ \(|select |insert /)
}
