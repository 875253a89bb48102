import { describe, expect, it } from 'vitest'
import { until } from './until.ts'

describe('until', () => {
  it('answers the first value that is one', async () => {
    const answers = [null, undefined, false, 0]
    expect(await until(() => answers.shift(), { what: 'a number', intervalMs: 1 })).toBe(0)
  })

  it('takes an error for "not yet", and gives up with what it waited for and the last error', async () => {
    const failing = until(() => Promise.reject(new Error('refused')), { what: 'the api', timeoutMs: 20, intervalMs: 1 })
    await expect(failing).rejects.toThrow('waited 20 ms for the api; last error: refused')
  })
})
