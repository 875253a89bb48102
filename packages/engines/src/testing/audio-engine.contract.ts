import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AudioEngine, Sound } from '../engine.ts'
import { itIsAnEngine } from './engine.contract.ts'
import { hush, noise, tone } from './sounds.ts'
import { distance } from './text-engine.contract.ts'

const signal = new AbortController().signal

/** What every engine for sound promises. `open` is asked twice: the second engine is the one that gets closed. */
export function describeAudioEngine(name: string, open: () => Promise<AudioEngine>): void {
  describe(`${name}, as an engine for sound,`, () => {
    let engine: AudioEngine
    let sounds: Sound[]
    beforeAll(async () => {
      engine = await open()
      const rate = engine.sampleRate
      sounds = [tone(440, 1.5, rate), noise(2, rate), tone(2_000, 1, rate), hush(1, rate)]
    })
    afterAll(() => engine.close())
    const embed = async (heard: readonly Sound[]) => (await engine.embed(heard, { signal })).embeddings

    it('gives one vector of length 1 and of its dimensions per sound', async () => {
      const embeddings = await embed(sounds)
      expect(embeddings).toHaveLength(sounds.length)
      for (const vector of embeddings.slice(0, 3)) {
        expect(vector).toHaveLength(engine.dimensions)
        expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
      }
    })

    it('gives vectors in the order of the sounds, whatever they are sent with', async () => {
      const together = await embed(sounds)
      for (const [index, sound] of sounds.entries()) {
        expect(distance(together[index], (await embed([sound]))[0])).toBeLessThan(1e-5)
      }
      expect(distance(together[0], together[1])).toBeGreaterThan(0.1)
      expect(distance(together[0], together[2])).toBeGreaterThan(0.1)
    })

    it('gives each of several concurrent calls its own vectors', async () => {
      const apart = await Promise.all(sounds.map((sound) => embed([sound])))
      const expected = await embed(sounds)
      for (const [index, [vector]] of apart.entries()) expect(distance(vector, expected[index])).toBeLessThan(1e-5)
    })

    it('takes a view of a longer recording, and leaves it as it is', async () => {
      const whole = noise(4, engine.sampleRate)
      const before = whole.slice()
      const view = whole.subarray(engine.sampleRate, 2 * engine.sampleRate)
      const [ofView] = await embed([view])
      expect(distance(ofView, (await embed([view.slice()]))[0])).toBeLessThan(1e-5)
      expect(whole).toEqual(before)
    })

    it('takes sounds from none to the longest that it names', async () => {
      const { sampleRate, maxSeconds } = engine
      const lengths = [0, 1, sampleRate / 100, maxSeconds * sampleRate]
      const embeddings = await embed(lengths.map((length) => noise(length / sampleRate, sampleRate)))
      for (const vector of embeddings) expect([...vector].every(Number.isFinite)).toBe(true)
      await expect(embed([sounds[0] as Sound, hush(maxSeconds + 1, sampleRate)])).rejects.toMatchObject({
        code: 'INPUT_TOO_LARGE',
        message: expect.stringContaining('sound 2'),
      })
    })

    it('gives nothing for no sounds', async () => {
      expect(await embed([])).toEqual([])
    })

    itIsAnEngine({ open, engine: () => engine, items: () => sounds, call: (on, ...sent) => on.embed(...sent) })
  })
}
