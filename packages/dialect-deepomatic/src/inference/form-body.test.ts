import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Deepomatic, labeller, startDeepomatic } from '../testing/deepomatic.fixture.ts'
import { form, formHeaders, json, type Part } from '../testing/form.fixture.ts'

let deepomatic: Deepomatic
beforeAll(async () => {
  deepomatic = await startDeepomatic()
  await deepomatic.announce(labeller())
})

const path = '/recognition/public/tiny-labels/inference'
const url = 'https://img.example/a.jpg'
const send = (parts: readonly Part[], end = true) =>
  deepomatic.call('POST', path, { raw: form(parts, end), headers: formHeaders })
const inputOf = async (parts: readonly Part[]) => {
  const { status, body, text } = await send(parts)
  if (status !== 200) throw new Error(`answered ${status} ${text}`)
  return deepomatic.inputOf(body.task_id)
}
const source = (place = 0): Part => ({ name: `inputs[${place}]image.source`, value: url, type: json })
const image = (value: Buffer, place = 0, filename = `inputs[${place}]image.source`): Part => ({
  ...{ name: `inputs[${place}]image.source`, value, filename },
})

describe('an inference asked for by a form', () => {
  it('becomes a task, in the form in which clients send it', async () => {
    const bytes = randomBytes(1_000)
    const parts: Part[] = [
      { name: 'show_discarded', value: 'True' },
      { name: 'max_predictions', value: '3' },
      image(bytes, 0, 'a photo.jpg'),
      { name: 'inputs[0]image.crop_uniform_background', value: 'False', type: json },
      source(1),
      { name: 'inputs[1]image.crop_uniform_background', value: 'False', type: json },
      { name: 'inputs[1]image.bbox.xmin', value: '0.1', type: json },
      { name: 'inputs[1]image.bbox.ymin', value: '.25', type: json },
      { name: 'inputs[1]image.bbox.xmax', value: '1', type: json },
      { name: 'inputs[1]image.bbox.ymax', value: '9e-1', type: json },
      ...['0', '0.0', '0', '1', '1', '0.5'].map((value, i) => ({
        ...{ name: `inputs[1]image.polygon[${i >> 1}]${i % 2 ? 'y' : 'x'}`, value, type: json },
      })),
    ]
    const expected = {
      ...{ model: 'tiny-labels', show_discarded: true, max_predictions: 3 },
      images: [
        { source: { base64: bytes.toString('base64') } },
        {
          source: { url },
          bbox: { xmin: 0.1, ymin: 0.25, xmax: 1, ymax: 0.9 },
          polygon: [
            { x: 0, y: 0 },
            { x: 0, y: 1 },
            { x: 1, y: 0.5 },
          ],
        },
      ],
    }
    expect(await inputOf(parts)).toEqual(expected)
    // In any order.
    expect(await inputOf(parts.toReversed())).toEqual(expected)
  })

  it.each([
    ['true', true],
    ['True', true],
    ['1', true],
    ['false', false],
    ['False', false],
    ['0', false],
  ])('reads %s as a boolean', async (value, expected) => {
    const { show_discarded } = await inputOf([source(), { name: 'show_discarded', value }])
    expect(show_discarded).toBe(expected)
  })

  it('takes a part for a file by its file name and by nothing else', async () => {
    const { images } = await inputOf([
      { ...source(0), type: 'application/octet-stream' },
      { ...image(Buffer.from(url), 1), type: json },
      image(Buffer.from('{"json": 1}'), 2),
    ])
    expect(images.map(({ source: found }) => Object.keys(found)[0])).toEqual(['url', 'base64', 'base64'])
  })

  it('takes any bytes, and leaves it to the worker that they are no image', async () => {
    const junk = Buffer.concat([Buffer.from('dataimagejpegbase64', 'base64'), randomBytes(50)])
    const { images } = await inputOf([image(junk), image(Buffer.alloc(0), 1)])
    expect(images[0]).toEqual({ source: { base64: junk.toString('base64') } })
    const [file] = Object.values(images[1]?.source ?? {})
    expect(await deepomatic.files.stat(file ?? '')).toMatchObject({ size: 0 })
  })

  it('keeps a large image as a file of the task, byte by byte', async () => {
    const large = randomBytes(3_000_000)
    const { body } = await send([image(large), image(randomBytes(10), 1)])
    const { id } = await deepomatic.task(body.task_id)
    const { images } = await deepomatic.inputOf(body.task_id)
    expect(images[0]).toEqual({ source: { file: `inputs/${id}/0` } })
    const stored = await deepomatic.files.read(`inputs/${id}/0`)
    expect(Buffer.concat(await Array.fromAsync(stored?.body ?? []))).toEqual(large)
  })

  it('minds no part that says nothing here', async () => {
    const { images } = await inputOf([
      { name: 'more', value: 'x' },
      { name: 'a file', value: randomBytes(200_000), filename: 'x' },
      source(),
    ])
    expect(images).toHaveLength(1)
  })

  it.each<[string, Part[], string]>([
    ['nothing', [], 'inputs'],
    ['no input', [{ name: 'show_discarded', value: 'True' }], 'inputs'],
    ['a gap', [source(0), source(2)], 'inputs[1]'],
    ['no first', [source(1)], 'inputs[0]'],
    ['a gap in a polygon', [source(), { name: 'inputs[0]image.polygon[1]x', value: '0' }], 'polygon[0]'],
    ['an input too many', [source(64)], 'inputs[64]'],
    ['a number that is none', [{ ...source(), name: 'inputs[00]image.source' }], 'inputs[00]image.source'],
    ['a source twice', [source(), source()], 'inputs[0]image.source'],
    ['no source', [{ name: 'inputs[0]image.crop_uniform_background', value: 'False' }], 'inputs[0].image.source'],
    ['a video', [{ name: 'inputs[0]video.source', value: url }], 'inputs[0]video.source'],
    ['another field', [source(), { name: 'inputs[0]image.more', value: '1' }], 'inputs[0]image.more'],
    ['another text', [{ ...source(), value: 'a.jpg' }], 'inputs[0].image.source'],
    ['a quoted address', [{ ...source(), value: `"${url}"` }], 'inputs[0].image.source'],
    ['binary', [{ ...source(), value: 'data:image/png;binary,abc' }], 'inputs[0].image.source'],
    ['a long text', [{ ...source(), value: `${url}?${'x'.repeat(9_000)}` }], 'inputs[0]image.source'],
    ['no boolean', [source(), { name: 'show_discarded', value: 'TRUE' }], 'show_discarded'],
    ['no number', [source(), { name: 'max_predictions', value: 'three' }], 'max_predictions'],
    ['no prediction', [source(), { name: 'max_predictions', value: '0' }], 'max_predictions'],
    ['a hexadecimal', [source(), { name: 'inputs[0]image.bbox.xmin', value: '0x1' }], 'bbox.xmin'],
    ['three sides', [source(), { name: 'inputs[0]image.bbox.xmin', value: '0' }], 'bbox.ymin'],
    ['a file for a number', [source(), { name: 'max_predictions', value: '3', filename: '3' }], 'max_predictions'],
    ['a name of nobody', [{ name: 'constructor', value: 'x' }, source()], 'name'],
  ])('is refused with %s, by a text that names it', async (_what, parts, named) => {
    expect(await send(parts)).toMatchObject({ status: 400, body: { error: expect.stringContaining(named) } })
  })

  it('is refused when it does not arrive whole', async () => {
    expect(await send([image(randomBytes(200_000))], false)).toMatchObject({
      ...{ status: 400, body: { error: expect.stringContaining('boundary') } },
    })
    const headers = { 'content-type': 'multipart/form-data' }
    const answer = await deepomatic.call('POST', path, { raw: form([source()]), headers })
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringMatching(/./) } })
  })
})
