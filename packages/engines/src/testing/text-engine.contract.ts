import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TextEngine } from '../engine.ts'
import { itIsAnEngine } from './engine.contract.ts'

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

    it('estimates more tokens for a longer text', () => {
      expect(engine.estimateTokens('a few words more')).toBeGreaterThan(engine.estimateTokens('word'))
    })

    itIsAnEngine({ open, engine: () => engine, items: () => sentences, call: (on, ...sent) => on.embed(...sent) })
  })
}

/** Between two vectors; infinite if one is missing, so that a comparison with nothing never succeeds. */
export function distance(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return Number.POSITIVE_INFINITY
  return Math.hypot(...a.map((value, i) => value - (b[i] as number)))
}
