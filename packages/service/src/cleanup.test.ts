import { describe, expect, it } from 'vitest'
import { createCleanup } from './cleanup.ts'

const silentLog = { warn: () => {} }

describe('cleanup', () => {
  it('closes in reverse, and goes on when a step fails', async () => {
    const cleanup = createCleanup(silentLog)
    const closed: string[] = []
    cleanup.add('first', () => closed.push('first'))
    cleanup.add('broken', async () => {
      throw new Error('broken')
    })
    cleanup.add('last', async () => closed.push('last'))
    await cleanup.run()
    expect(closed).toEqual(['last', 'first'])
  })

  it('does not wait for ever for a step that hangs', async () => {
    const cleanup = createCleanup(silentLog, 20)
    let isClosed = false
    cleanup.add('behind it', () => {
      isClosed = true
    })
    cleanup.add('hangs', () => new Promise(() => {}))
    await cleanup.run()
    expect(isClosed).toBe(true)
  })
})
