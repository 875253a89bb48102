import { expect, it } from 'vitest'
import type { EngineHealth } from '../engine.ts'

interface AnyEngine {
  health(): Promise<EngineHealth>
  close(): Promise<void>
}

interface Times {
  readonly preparingMs: number
  readonly computingMs: number
}

export interface EngineUnderTest<Engine extends AnyEngine, Item> {
  /** The one that is tested, once it is open. */
  readonly engine: () => Engine
  /** Opens another, which will be closed. */
  readonly open: () => Promise<Engine>
  /** A few things that it can work on. */
  readonly items: () => readonly Item[]
  readonly call: (engine: Engine, items: readonly Item[], options: { signal: AbortSignal }) => Promise<Times>
}

const signal = new AbortController().signal

/** What every engine promises of its calls, whatever it is for; the contract of its kind says it within its `describe`. */
export function itIsAnEngine<Engine extends AnyEngine, Item>(subject: EngineUnderTest<Engine, Item>): void {
  const { engine, open, items } = subject
  const call = (options: { signal: AbortSignal }, sent = items(), on = engine()) => subject.call(on, sent, options)

  it('rejects with the reason of a signal that has fired', async () => {
    const reason = new Error('not wanted')
    await expect(call({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })

  it('rejects with the reason of a signal that fires while it is at work, and works on', async () => {
    const controller = new AbortController()
    const reason = new Error('no longer wanted')
    const answer = call({ signal: controller.signal }, Array(25).fill(items()).flat())
    controller.abort(reason)
    await expect(answer).rejects.toBe(reason)
    await call({ signal })
  })

  it('says how long it computed, and that is part of the time that the call took', async () => {
    const startedAt = performance.now()
    const { preparingMs, computingMs } = await call({ signal })
    expect(computingMs).toBeGreaterThan(0)
    expect(preparingMs).toBeGreaterThanOrEqual(0)
    expect(preparingMs + computingMs).toBeLessThanOrEqual(performance.now() - startedAt + 1)
  })

  it('is ready, and down and refuses calls once it is closed', async () => {
    expect(await engine().health()).toBe('ready')
    const closed = await open()
    await closed.close()
    expect(await closed.health()).toBe('down')
    await expect(call({ signal }, items(), closed)).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })
}
