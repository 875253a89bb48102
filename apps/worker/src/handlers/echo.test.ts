import { describe, expect, it } from 'vitest'
import { fakeContext } from '../worker.fixture.ts'
import { echoHandler } from './echo.ts'

function context() {
  const fractions: number[] = []
  const abort = new AbortController()
  const context = fakeContext({ signal: abort.signal, progress: (fraction) => void fractions.push(fraction) })
  return { context, fractions, abort }
}

describe('echo', () => {
  it('returns its input', async () => {
    const input = { a: [1, null], delay_ms: 0 }
    expect(await echoHandler.run({ input, attempt: 1 }, context().context)).toEqual(input)
  })

  it('waits as long as it is told, and says how far it is on the way', async () => {
    const { context: told, fractions } = context()
    const startedAt = performance.now()
    await echoHandler.run({ input: { delay_ms: 1_100 }, attempt: 1 }, told)
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_095)
    expect(fractions).toEqual([expect.closeTo(500 / 1_100), expect.closeTo(1_000 / 1_100)])
  })

  it('ends its wait when it is aborted', async () => {
    const { context: told, abort } = context()
    const waiting = echoHandler.run({ input: { delay_ms: 60_000 }, attempt: 1 }, told)
    abort.abort()
    await expect(waiting).rejects.toThrow()
  })

  it.each([
    [true, 1, 'HANDLER_FAILED'],
    [{ code: 'MODEL_UNKNOWN', message: 'x' } as const, 1, 'MODEL_UNKNOWN'],
    [{ attempts: 2 }, 2, 'HANDLER_FAILED'],
  ])('fails as %j says, at attempt %i', async (fail, attempt, code) => {
    await expect(echoHandler.run({ input: { fail }, attempt }, context().context)).rejects.toMatchObject({ code })
  })

  it.each([
    [false, 1],
    [{ attempts: 2 }, 3],
  ])('does not fail with %j at attempt %i', async (fail, attempt) => {
    await expect(echoHandler.run({ input: { fail }, attempt }, context().context)).resolves.toEqual({ fail })
  })
})
