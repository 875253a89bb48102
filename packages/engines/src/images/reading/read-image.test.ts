import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { ImageToRead } from '../../engine.ts'
import { blue, type Colour, draw, green, plain, pngHeader, quarters, rawOf, red } from '../../testing/images.ts'
import { type Preprocessing, readPreprocessing } from './preprocessing.ts'
import { readImage } from './read-image.ts'

const limits = { maxPixels: 100_000_000, maxDecodeMs: 20_000 }
const side = 4
const bytesAsTheyAre = { do_rescale: false, do_normalize: false, resample: 0 }
const small = readPreprocessing({ ...bytesAsTheyAre, size: { width: side, height: side } })
const asItIs = readPreprocessing({ ...bytesAsTheyAre, do_resize: false })

const read = (image: ImageToRead, preprocessing: Preprocessing = small) => readImage(image, preprocessing, limits)

/** Red, green and blue of each pixel, row by row. */
async function pixelsOf(image: ImageToRead | Uint8Array, preprocessing?: Preprocessing): Promise<Colour[]> {
  const { values, width, height } = await read('bytes' in image ? image : { bytes: image }, preprocessing)
  const plane = width * height
  const at = (i: number) => Math.round(values[i] ?? Number.NaN)
  return Array.from({ length: plane }, (_, i) => [at(i), at(i + plane), at(i + 2 * plane)])
}

function expectNear(actual: Colour | undefined, expected: Colour, tolerance = 6): void {
  const difference = Math.max(...expected.map((value, i) => Math.abs(value - (actual?.[i] ?? Number.NaN))))
  expect(difference, `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance)
}
function expectPlain(pixels: readonly Colour[], colour: Colour, tolerance?: number): void {
  for (const pixel of pixels) expectNear(pixel, colour, tolerance)
}

describe('an image', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)(
    'is read, and scaled to the size of the model: %s',
    async (format) => {
      const pixels = await pixelsOf(await quarters(400, 200)[format]().toBuffer())
      expect(pixels).toHaveLength(side * side)
      for (const [i, colour] of [
        [0, red],
        [3, green],
        [12, blue],
        [15, [0, 0, 0]],
      ] as const)
        expectNear(pixels[i], colour)
    },
  )

  it('of one pixel is read', async () => {
    expectPlain(await pixelsOf(await plain(green, 1, 1).png().toBuffer()), green)
  })

  it('stands upright as its camera says', async () => {
    const turned = await quarters().jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const pixels = await pixelsOf(turned, asItIs)
    const { width, height } = await read({ bytes: turned }, asItIs)
    expect([width, height]).toEqual([40, 80])
    // A quarter clockwise: what was below on the left comes first.
    expectNear(pixels[0], blue)
    expectNear(pixels[39], red)
    expectNear(pixels.at(-1), green)
  })

  it('of an animation is its first frame', async () => {
    const frames = await Promise.all([red, blue, green].map((colour) => plain(colour).png().toBuffer()))
    for (const format of ['gif', 'webp'] as const) {
      const bytes = await sharp(frames, { join: { animated: true } })
        [format]()
        .toBuffer()
      expect((await sharp(bytes).metadata()).pages).toBe(3)
      expectPlain(await pixelsOf(bytes), red)
    }
  })

  it('in the colours of print is read as what one sees', async () => {
    const bytes = await plain(red).toColourspace('cmyk').jpeg().toBuffer()
    expect((await sharp(bytes).metadata()).space).toBe('cmyk')
    const [pixel = [0, 0, 0]] = await pixelsOf(bytes)
    expect(pixel[0]).toBeGreaterThan(200)
    expect(Math.max(pixel[1], pixel[2])).toBeLessThan(80)
  })

  it('in grey has three channels as any other', async () => {
    expectPlain(await pixelsOf(await plain([90, 90, 90]).greyscale().png().toBuffer()), [90, 90, 90])
  })

  it('of 16 bits is read as one of 8', async () => {
    const bytes = await plain([200, 100, 50]).toColourspace('rgb16').png().toBuffer()
    expect((await sharp(bytes).metadata()).depth).toBe('ushort')
    expectPlain(await pixelsOf(bytes), [200, 100, 50])
  })

  it('that is transparent lies on white', async () => {
    const background = { r: 255, g: 0, b: 0, alpha: 0.5 }
    const half = await sharp({ create: { width: 9, height: 9, channels: 4, background } })
      .png()
      .toBuffer()
    expectPlain(await pixelsOf(half), [255, 128, 128])
    const greyBackground = { r: 0, g: 0, b: 0, alpha: 0 }
    const grey = sharp({ create: { width: 9, height: 9, channels: 4, background: greyBackground } })
    expectPlain(await pixelsOf(await grey.toColourspace('b-w').png().toBuffer()), [255, 255, 255])
  })
})

describe('a part of an image', () => {
  it('is cut out after the image was turned upright', async () => {
    const bytes = await quarters().jpeg().withMetadata({ orientation: 6 }).toBuffer()
    const { seen } = await read({ bytes, bbox: { xmin: 0.5, ymin: 0, xmax: 1, ymax: 0.5 } })
    expect(seen).toEqual({ left: 0.5, top: 0, width: 0.5, height: 0.5 })
    expectPlain(await pixelsOf({ bytes, bbox: { xmin: 0.55, ymin: 0, xmax: 1, ymax: 0.45 } }), red, 12)
  })

  it('is one pixel at least', async () => {
    const bytes = await quarters().png().toBuffer()
    const corner = { xmin: 0.99999, ymin: 0.1, xmax: 1, ymax: 0.10001 }
    const { width, height } = await read({ bytes, bbox: corner }, asItIs)
    expect([width, height]).toEqual([1, 1])
    expectPlain(await pixelsOf({ bytes, bbox: corner }, asItIs), green)
    expectPlain(await pixelsOf({ bytes, polygon: [1, 1, 1].map((x) => ({ x, y: 0 })) }, asItIs), [0, 0, 0])
  })

  it('with corners is black outside of them', async () => {
    const bytes = await plain(red, 100, 100).png().toBuffer()
    const triangle = [
      { x: 0.2, y: 0.2 },
      { x: 0.8, y: 0.2 },
      { x: 0.2, y: 0.8 },
    ]
    const { width, height, seen } = await read({ bytes, polygon: triangle }, asItIs)
    expect([width, height]).toEqual([60, 60])
    expect(seen.left).toBeCloseTo(0.2)
    const pixels = await pixelsOf({ bytes, polygon: triangle }, asItIs)
    expectNear(pixels[0], red)
    expectNear(pixels[58], red)
    expectNear(pixels[59 * 60 + 59], [0, 0, 0])
    expect(pixels.filter(([r]) => r === 255).length / pixels.length).toBeCloseTo(0.5, 1)
  })
})

describe('a model that wants the middle of an image', () => {
  it('gets it, and what it saw is known', async () => {
    const bytes = await draw(400, 200, (x) => (x < 100 ? red : x < 300 ? green : blue))
      .png()
      .toBuffer()
    const size = { shortest_edge: 20 }
    const crop = readPreprocessing({
      ...bytesAsTheyAre,
      size,
      do_center_crop: true,
      crop_size: { width: 16, height: 16 },
    })
    expectPlain(await pixelsOf({ bytes }, crop), green)
    expect((await read({ bytes }, crop)).seen).toEqual({ left: 0.3, top: 0.1, width: 0.4, height: 0.8 })
  })
})

describe('raw pixels', () => {
  const picture = draw(64, 48, (x, y) => [x * 4, y * 5, (x * y) % 256])

  it.each([
    ['as they are', asItIs],
    ['scaled down', small],
    ['scaled up', readPreprocessing({ size: { height: 100, width: 90 }, resample: 3 })],
    [
      'with their middle cut out',
      readPreprocessing({ size: { shortest_edge: 20 }, do_center_crop: true, crop_size: 16, resample: 2 }),
    ],
  ])('are read as an image is that is made of them: %s', async (_, preprocessing) => {
    const png = { bytes: await picture.clone().png().toBuffer() }
    expect(await read(await rawOf(picture), preprocessing)).toEqual(await read(png, preprocessing))
  })

  it('may be of more bytes than an image that comes encoded, and not of more pixels than the limit', async () => {
    const raw = { width: 3_000, height: 3_000 }
    const frame = { bytes: new Uint8Array(3 * raw.width * raw.height), raw }
    expectPlain(await pixelsOf(frame), [0, 0, 0])
    await expect(readImage(frame, small, { ...limits, maxPixels: 8_000_000 })).rejects.toThrow(
      'has 3000 x 3000 pixels; at most 8 megapixels are read',
    )
  })

  it.each([
    [11, { width: 2, height: 2 }],
    [13, { width: 2, height: 2 }],
    [12, { width: -2, height: -2 }],
    [12, { width: 0.5, height: 8 }],
  ])('are refused when they are not three bytes for each: %d', async (length, raw) => {
    await expect(read({ bytes: new Uint8Array(length), raw })).rejects.toThrow(
      `has ${length} bytes, which is not three for each of ${raw.width} x ${raw.height} pixels`,
    )
  })
})

describe('bytes that are refused', () => {
  const jpeg = plain(red, 300, 200).jpeg().toBuffer()
  it.each([
    ['nothing', '', 'is empty'],
    ['text', 'hello', 'is not a JPEG, PNG, WebP or GIF image'],
    [
      'a drawing',
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
      'is not a JPEG, PNG, WebP or GIF image',
    ],
    ['a document', '%PDF-1.7', 'is not a JPEG, PNG, WebP or GIF image'],
    ['a TIFF', 'II*\0', 'is not a JPEG, PNG, WebP or GIF image'],
    ['the beginning of a GIF before a drawing', 'GIF89a<svg width="9" height="9"></svg>', 'is cut off or damaged'],
    ['a JPEG of nothing but its beginning', '\xff\xd8\xff', 'is cut off or damaged'],
  ])('are %s', async (_, text, message) => {
    await expect(read({ bytes: Buffer.from(text, 'latin1') })).rejects.toThrow(message)
  })

  it.each([0.3, 0.6, 0.95])('are %d of a JPEG', async (part) => {
    const bytes = await jpeg
    await expect(read({ bytes: bytes.subarray(0, bytes.length * part) })).rejects.toThrow('is cut off or damaged')
  })

  it('are a header of more pixels than the limit, before any is decoded', async () => {
    await expect(read({ bytes: pngHeader(50_000, 50_000) })).rejects.toThrow(
      'has 50000 x 50000 pixels; at most 100 megapixels are read',
    )
    await expect(read({ bytes: pngHeader(10_000, 10_000) })).rejects.toThrow('is cut off or damaged')
  })

  it('are a strip that would grow beyond all memory', async () => {
    const strip = await plain(red, 10_000, 1).png().toBuffer()
    const edges = readPreprocessing({ ...bytesAsTheyAre, size: { shortest_edge: 224 } })
    await expect(read({ bytes: strip }, edges)).rejects.toThrow('has a shape that the model cannot read')
    expectPlain(await pixelsOf(strip), red)
  })
})

describe('the bounds of an image', () => {
  const bounds = { min_width: 128, min_height: 128, formats: ['jpeg', 'png'] as const }
  const png = (width: number, height: number) => plain(green, width, height).png().toBuffer()
  const readWithin = async (bytes: Promise<Buffer>) =>
    read({ bytes: await bytes, bounds: { ...bounds, formats: [...bounds.formats] } })

  it('let pass what is within them, and nothing less', async () => {
    await readWithin(png(128, 128))
    await expect(readWithin(png(127, 200))).rejects.toThrow('has 127 x 200 pixels; it must have at least 128 x 128')
    await expect(readWithin(png(200, 127))).rejects.toThrow('has 200 x 127 pixels')
  })

  it('are of the image as it stands upright', async () => {
    const turned = plain(green, 100, 200).jpeg().withMetadata({ orientation: 6 }).toBuffer()
    await expect(readWithin(turned)).rejects.toThrow('has 200 x 100 pixels')
  })

  it('name the formats that are taken', async () => {
    const webp = plain(green, 200, 200).webp().toBuffer()
    await expect(readWithin(webp)).rejects.toThrow('is not a JPEG or PNG image')
    await expect(readWithin(Promise.resolve(Buffer.from('text')))).rejects.toThrow('is not a JPEG or PNG image')
  })
})
