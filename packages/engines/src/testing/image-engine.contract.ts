import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImageEngine, ImageToRead } from '../engine.ts'
import { itIsAnEngine } from './engine.contract.ts'
import { blue, green, plain, pngHeader, quarters, rawOf, red, stopSign } from './images.ts'
import { distance } from './text-engine.contract.ts'

const signal = new AbortController().signal
const encoded = await Promise.all([
  plain(red).jpeg().toBuffer(),
  plain(green).png().toBuffer(),
  stopSign(300, 200, { x: 100, y: 100 }, 80).webp().toBuffer(),
  plain(blue).gif().toBuffer(),
  quarters().png().toBuffer(),
])
const images: ImageToRead[] = encoded.map((bytes: Uint8Array) => ({ bytes }))

/** What every image engine promises. `open` is asked twice: the second engine is the one that gets closed. */
export function describeImageEngine(name: string, open: () => Promise<ImageEngine>): void {
  describe(`${name}, as an image engine,`, () => {
    let engine: ImageEngine
    beforeAll(async () => {
      engine = await open()
    })
    afterAll(() => engine.close())
    const can = (job: string) => engine.descriptions.some((description) => description.job === job)

    /** Whatever the engine can do with images, as numbers. */
    async function look(looked: readonly ImageToRead[]): Promise<number[][]> {
      if (can('classify.image')) return (await engine.classify(looked, { signal })).scores.map((scores) => [...scores])
      if (!can('detect.image')) return (await engine.embed(looked, { signal })).embeddings.map((vector) => [...vector])
      const { regions } = await engine.detect(looked, { signal })
      return regions.map((found) =>
        found.flatMap(({ box, labels }) => [...Object.values(box), ...labels.flatMap(({ id, score }) => [id, score])]),
      )
    }

    it('gives labels, boxes or vectors, and describes the jobs that have labels, with these in their order', () => {
      expect(engine.descriptions.length > 0 || engine.dimensions !== null).toBe(true)
      for (const { name, labels } of engine.descriptions) {
        expect(name).toBe(engine.model)
        expect(labels.map(({ id }) => id)).toEqual([...labels.keys()])
      }
    })

    it('gives each label of each image a score from 0 to 1, and all together 1 when they exclude each other', async () => {
      if (!can('classify.image')) return
      const description = engine.descriptions.find(({ job }) => job === 'classify.image')
      const { scores } = await engine.classify(images, { signal })
      expect(scores).toHaveLength(images.length)
      for (const ofImage of scores) {
        expect(ofImage).toHaveLength(description?.labels.length ?? 0)
        expect(ofImage.every((score) => score >= 0 && score <= 1)).toBe(true)
        if (description?.exclusive) expect(ofImage.reduce((a, b) => a + b)).toBeCloseTo(1, 4)
      }
    })

    it('finds regions inside of the image, each with its likeliest label first', async () => {
      if (!can('detect.image')) return
      const { regions } = await engine.detect(images, { signal })
      expect(regions).toHaveLength(images.length)
      expect(regions.flat().length).toBeGreaterThan(0)
      for (const { box, labels } of regions.flat()) {
        expect(0 <= box.xmin && box.xmin < box.xmax && box.xmax <= 1).toBe(true)
        expect(0 <= box.ymin && box.ymin < box.ymax && box.ymax <= 1).toBe(true)
        expect(labels.map(({ score }) => score)).toEqual(labels.map(({ score }) => score).sort((a, b) => b - a))
        expect(labels.every(({ id, score }) => id >= 0 && score > 0 && score <= 1)).toBe(true)
      }
    })

    it('gives each image a vector of length 1, the same whatever it is sent with', async () => {
      if (engine.dimensions === null) return
      const [together, ...alone] = await Promise.all(
        [images, ...images.map((image) => [image])].map((sent) => engine.embed(sent, { signal })),
      )
      expect(together?.embeddings).toHaveLength(images.length)
      for (const [i, vector] of (together?.embeddings ?? []).entries()) {
        expect(vector).toHaveLength(engine.dimensions)
        expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
        expect(distance(vector, alone[i]?.embeddings[0])).toBeLessThan(1e-4)
      }
      expect(distance(together?.embeddings[0], together?.embeddings[1])).toBeGreaterThan(0.01)
    })

    it('says the same of raw pixels as of an image that is made of them', async () => {
      const picture = stopSign(300, 200, { x: 100, y: 100 }, 80)
      const png = { bytes: await picture.clone().png().toBuffer() }
      const raw = await rawOf(picture)
      expect(await look([raw])).toEqual(await look([png]))
      const bbox = { xmin: 0.1, ymin: 0.2, xmax: 0.6, ymax: 1 }
      expect(await look([{ ...raw, bbox }])).toEqual(await look([{ ...png, bbox }]))
      if (engine.dimensions === null) return
      const { embeddings } = await engine.embed([raw, png], { signal })
      expect(embeddings[0]).toEqual(embeddings[1])
    })

    it('refuses raw pixels that are more or fewer than they are said to be', async () => {
      const raw = { ...(await rawOf(plain(red, 4, 3))), raw: { width: 4, height: 4 } }
      await expect(look([raw])).rejects.toMatchObject({
        code: 'INPUT_UNREADABLE',
        message: 'image 1 has 36 bytes, which is not three for each of 4 x 4 pixels',
      })
    })

    it('refuses a job that it cannot do as ENGINE_REFUSED', async () => {
      const refusal = { code: 'ENGINE_REFUSED', kind: 'permanent' }
      if (!can('detect.image')) await expect(engine.detect(images, { signal })).rejects.toMatchObject(refusal)
      if (!can('classify.image')) await expect(engine.classify(images, { signal })).rejects.toMatchObject(refusal)
      if (engine.dimensions === null) await expect(engine.embed(images, { signal })).rejects.toMatchObject(refusal)
    })

    it('answers in the order of the images, and the same whatever they are sent with', async () => {
      const together = await look(images)
      const alone = await Promise.all(images.map((image) => look([image])))
      for (const [i, [expected = []]] of alone.entries()) {
        expect(together[i]).toHaveLength(expected.length)
        for (const [j, value] of expected.entries()) expect(together[i]?.[j]).toBeCloseTo(value, 3)
      }
    })

    it('gives nothing for no images', async () => {
      expect(await look([])).toEqual([])
    })

    it.each([
      ['nothing', new Uint8Array(0), 'is empty'],
      ['text', Buffer.from('<html>not here</html>'), 'is not a JPEG, PNG, WebP or GIF image'],
      ['half of a JPEG', (encoded[0] as Uint8Array).subarray(0, 250), 'is cut off or damaged'],
      [
        'a PNG of 50000 x 50000',
        pngHeader(50_000, 50_000),
        'has 50000 x 50000 pixels; at most 100 megapixels are read',
      ],
    ])('refuses %s for good, says which image it is, and works on', async (_, bytes, message) => {
      const broken = [images[0], { bytes }, images[1]] as ImageToRead[]
      await expect(look(broken)).rejects.toMatchObject({
        code: 'INPUT_UNREADABLE',
        kind: 'permanent',
        message: `image 2 ${message}`,
      })
      expect(await look(images.slice(0, 1))).toHaveLength(1)
    })

    it('fails only the call whose image cannot be read', async () => {
      const [good, bad] = await Promise.allSettled([look(images), look([{ bytes: new Uint8Array(9) }])])
      expect(good.status).toBe('fulfilled')
      expect(bad.status).toBe('rejected')
    })

    it('refuses an image of too many bytes as INPUT_TOO_LARGE', async () => {
      const bytes = new Uint8Array(32 * 1024 ** 2 + 1)
      await expect(look([{ bytes }])).rejects.toMatchObject({
        code: 'INPUT_TOO_LARGE',
        message: 'image 1 has more than 32 MiB',
      })
    })

    itIsAnEngine({
      ...{ open, engine: () => engine, items: () => images },
      call: (on, ...sent) => on[on.dimensions !== null ? 'embed' : 'detect'](...sent),
    })
  })
}
