import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TextEngine } from '../engine.ts'

const sentences = [
  'a cat',
  'the dog sleeps in the sun',
  'numbers 1 2 3',
  'why not?',
  'a somewhat longer text, with a comma',
]
const signal = new AbortController().signal

/** What every text engine promises. `open` is asked twice: the second engine is the one that gets closed. */
export function describeTextEngine(name: string, open: () => Promise<TextEngine>): void {
  describe(`${name}, as a text engine,`, () => {
    let engine: TextEngine
    beforeAll(async () => {
      engine = await open()
    })
    afterAll(() => engine.close())
    const embed = async (texts: readonly string[]) => (await engine.embed(texts, { signal })).embeddings

    it('gives one vector of length 1 per text', async () => {
      const embeddings = await embed(sentences)
      expect(embeddings).toHaveLength(sentences.length)
      for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
      expect(new Set(embeddings.map((vector) => vector.length)).size).toBe(1)
    })

    it('gives vectors in the order of the texts, whatever their lengths and whatever they are sent with', async () => {
      const together = await embed(sentences)
      for (const [index, text] of sentences.entries()) {
        const [alone] = await embed([text])
        expect(distance(together[index], alone)).toBeLessThan(1e-4)
      }
      expect(distance(together[0], together[1])).toBeGreaterThan(1e-3)
    })

    it('takes more texts than fit a batch', async () => {
      const texts = Array.from({ length: engine.maxBatchItems * 2 + 1 }, (_, i) => `text number ${i}`)
      const embeddings = await embed(texts)
      expect(embeddings).toHaveLength(texts.length)
      const [last] = await embed(texts.slice(-1))
      expect(distance(embeddings.at(-1), last)).toBeLessThan(1e-4)
    })

    it('gives each of several concurrent calls its own vectors', async () => {
      const together = await Promise.all(sentences.map((text) => embed([text])))
      const expected = await embed(sentences)
      for (const [index, [vector]] of together.entries()) {
        expect(distance(vector, expected[index])).toBeLessThan(1e-4)
      }
    })

    it('gives nothing for no texts', async () => {
      expect(await embed([])).toEqual([])
    })

    it('refuses a text of nothing but white space, and says which one it is', async () => {
      await expect(embed(['fine', ' \n\t'])).rejects.toMatchObject({
        code: 'INPUT_INVALID',
        message: expect.stringContaining('text 2'),
      })
    })

    it('rejects with the reason of a signal that has fired', async () => {
      const reason = new Error('not wanted')
      await expect(engine.embed(sentences, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    })

    it('rejects with the reason of a signal that fires while it computes, and works on', async () => {
      const controller = new AbortController()
      const reason = new Error('no longer wanted')
      const answer = engine.embed(Array(100).fill(sentences[1]), { signal: controller.signal })
      controller.abort(reason)
      await expect(answer).rejects.toBe(reason)
      expect(await embed(['next'])).toHaveLength(1)
    })

    it('says how long it computed, and that is part of the time that the call took', async () => {
      const startedAt = performance.now()
      const { preparingMs, computingMs } = await engine.embed(sentences, { signal })
      const elapsedMs = performance.now() - startedAt
      expect(computingMs).toBeGreaterThan(0)
      expect(preparingMs).toBeGreaterThanOrEqual(0)
      expect(preparingMs + computingMs).toBeLessThanOrEqual(elapsedMs + 1)
    })

    it('estimates more tokens for a longer text', () => {
      expect(engine.estimateTokens('a few words more')).toBeGreaterThan(engine.estimateTokens('word'))
    })

    it('says that it is ready', async () => {
      expect(await engine.health()).toBe('ready')
    })

    it('is down and refuses calls once it is closed', async () => {
      const closed = await open()
      await closed.close()
      expect(await closed.health()).toBe('down')
      await expect(closed.embed(sentences, { signal })).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    })
  })
}

/** Between two vectors; infinite if one is missing, so that a comparison with nothing never succeeds. */
export function distance(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return Number.POSITIVE_INFINITY
  return Math.hypot(...a.map((value, i) => value - (b[i] as number)))
}
