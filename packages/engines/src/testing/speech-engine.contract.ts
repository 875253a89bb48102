import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sound, SpeechEngine } from '../engine.ts'
import { hush, tone } from './sounds.ts'

const signal = new AbortController().signal

/** What every engine for speech promises. `open` is asked twice: the second engine is the one that gets closed. */
export function describeSpeechEngine(name: string, open: () => Promise<SpeechEngine>): void {
  describe(`${name}, as an engine for speech,`, () => {
    let engine: SpeechEngine
    let sounds: Sound[]
    beforeAll(async () => {
      engine = await open()
      const rate = engine.sampleRate
      sounds = [tone(300, 2, rate), hush(1, rate), tone(6_000, 1, rate)]
    })
    afterAll(() => engine.close())
    const transcribe = async (heard: readonly Sound[]) => (await engine.transcribe(heard, { signal })).texts

    it('gives one text per sound, in their order, whatever they are sent with', async () => {
      const together = await transcribe(sounds)
      expect(together).toHaveLength(sounds.length)
      for (const [index, sound] of sounds.entries()) expect(await transcribe([sound])).toEqual([together[index]])
    })

    it('gives each of several concurrent calls its own texts', async () => {
      const apart = await Promise.all(sounds.map((sound) => transcribe([sound])))
      expect(apart.flat()).toEqual(await transcribe(sounds))
    })

    it('hears nothing in silence, and nothing in nothing', async () => {
      const { sampleRate, maxSeconds } = engine
      expect(await transcribe([hush(maxSeconds, sampleRate), hush(0, sampleRate)])).toEqual(['', ''])
      expect(await transcribe([])).toEqual([])
    })

    it('takes no longer sounds than it says', async () => {
      const { sampleRate, maxSeconds } = engine
      expect(await transcribe([tone(300, maxSeconds, sampleRate)])).toHaveLength(1)
      await expect(transcribe([hush(1, sampleRate), hush(maxSeconds + 1, sampleRate)])).rejects.toMatchObject({
        code: 'INPUT_TOO_LARGE',
        message: expect.stringContaining('sound 2'),
      })
    })

    it('rejects with the reason of a signal that has fired', async () => {
      const reason = new Error('not wanted')
      await expect(engine.transcribe(sounds, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    })

    it('rejects with the reason of a signal that fires while it listens, and works on', async () => {
      const controller = new AbortController()
      const reason = new Error('no longer wanted')
      const answer = engine.transcribe(Array(200).fill(sounds[0]), { signal: controller.signal })
      controller.abort(reason)
      await expect(answer).rejects.toBe(reason)
      expect(await transcribe(sounds.slice(0, 1))).toHaveLength(1)
    })

    it('says how long it computed, and that is part of the time that the call took', async () => {
      const startedAt = performance.now()
      const { preparingMs, computingMs } = await engine.transcribe(sounds, { signal })
      expect(computingMs).toBeGreaterThan(0)
      expect(preparingMs).toBeGreaterThanOrEqual(0)
      expect(preparingMs + computingMs).toBeLessThanOrEqual(performance.now() - startedAt + 1)
    })

    it('is ready, and down and refuses calls once it is closed', async () => {
      expect(await engine.health()).toBe('ready')
      const closed = await open()
      await closed.close()
      expect(await closed.health()).toBe('down')
      await expect(closed.transcribe(sounds, { signal })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    })
  })
}
