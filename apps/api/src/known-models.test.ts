import type { ImageModelDescription } from '@inferq/contracts'
import { describe, expect, it, vi } from 'vitest'
import { createKnownModels } from './known-models.ts'

const image: ImageModelDescription = { v: 1, name: 'seen', job: 'detect.image', labels: [], exclusive: false }

describe('the models that can be asked for', () => {
  it('are those configured, and those that workers announced, each once', async () => {
    const line = { watchers: async () => [], imageModels: async () => [image, { ...image, name: 'a' }] }
    expect(await createKnownModels(['a', 'b'], line)('company')).toEqual(['a', 'b', 'seen'])
  })

  it('are those seen last while Redis is away', async () => {
    vi.useFakeTimers()
    try {
      let isAway = false
      const imageModels = async () => {
        if (isAway) throw new Error('Redis is away')
        return [image]
      }
      const known = createKnownModels(['a'], { watchers: async () => [], imageModels })
      await known('company')
      isAway = true
      vi.advanceTimersByTime(60_000)
      expect(await known('company')).toEqual(['a', 'seen'])
      expect(await known('another')).toEqual(['a'])
    } finally {
      vi.useRealTimers()
    }
  })
})
