import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Sound, SpeechEngine } from '../engine.ts'
import { itIsAnEngine } from './engine.contract.ts'
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

    itIsAnEngine({ open, engine: () => engine, items: () => sounds, call: (on, ...sent) => on.transcribe(...sent) })
  })
}
