import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SlowAnswers } from './slow-answers.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Counts how often it was looked for an answer, which takes so long. */
function finder(ms: number) {
  let found = 0
  const find = async () => {
    await new Promise((resolve) => setTimeout(resolve, ms))
    return ++found
  }
  return { find, answers: new SlowAnswers<number>() }
}

describe('a slow answer', () => {
  it('is good for twenty times as long as it took', async () => {
    const { find, answers } = finder(100)
    const ask = async () => {
      const answer = answers.get('q', find)
      await vi.advanceTimersByTimeAsync(100)
      return answer
    }
    expect(await ask()).toBe(1)
    await vi.advanceTimersByTimeAsync(1_850)
    expect(await ask()).toBe(1)
    await vi.advanceTimersByTimeAsync(100)
    expect(await ask()).toBe(2)
  })

  it('is looked for once, however many ask at a time, and for each question apart', async () => {
    const { find, answers } = finder(100)
    const asked = Promise.all(['a', 'a', 'b'].map((question) => answers.get(question, find)))
    await vi.advanceTimersByTimeAsync(100)
    expect(await asked).toEqual([1, 1, 2])
  })

  it('is looked for again after a failure', async () => {
    const { find, answers } = finder(0)
    await expect(answers.get('q', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    const answer = answers.get('q', find)
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toBe(1)
  })
})
