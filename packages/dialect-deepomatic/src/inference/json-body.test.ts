import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Deepomatic, labeller, startDeepomatic } from '../testing/deepomatic.fixture.ts'

let deepomatic: Deepomatic
beforeAll(async () => {
  deepomatic = await startDeepomatic()
  await deepomatic.announce(labeller())
})

const path = '/recognition/public/tiny-labels/inference'
const url = 'https://img.example/a.jpg'
const run = async (body: object): Promise<string> => (await deepomatic.ok('POST', path, { body })).task_id
const inputs = (...images: object[]) => ({ inputs: images.map((image) => ({ image })) })
const dataUri = (bytes: Buffer, format = 'jpeg') => `data:image/${format};base64,${bytes.toString('base64')}`

describe('an inference asked for by JSON', () => {
  it('becomes a task, in the form in which clients send it', async () => {
    const bbox = { xmin: 0.1, ymin: 0.1, xmax: 0.9, ymax: 0.9 }
    const id = await run({
      ...{ show_discarded: true, max_predictions: 3 },
      inputs: [{ image: { source: url, crop_uniform_background: false, bbox } }],
    })
    expect(id).toMatch(/^\d+$/)
    expect(await deepomatic.task(id)).toMatchObject({ job: 'classify.image', queue: 'default', status: 'queued' })
    expect(await deepomatic.inputOf(id)).toEqual({
      ...{ model: 'tiny-labels', show_discarded: true, max_predictions: 3 },
      images: [{ source: { url }, bbox }],
    })
    expect(await deepomatic.ok('GET', `/tasks/${id}/`)).toMatchObject({ id, status: 'pending' })
  })

  it('need say no more than where the image is', async () => {
    const id = await run(inputs({ source: url, bbox: null, polygon: null }))
    expect(await deepomatic.inputOf(id)).toEqual({
      ...{ model: 'tiny-labels', show_discarded: false, max_predictions: 100 },
      images: [{ source: { url } }],
    })
  })

  it('is one task for all its images, in their order', async () => {
    const [small, large] = [randomBytes(100), randomBytes(70_000)]
    const polygon = [
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0.5, y: 1 },
    ]
    const images = [{ source: dataUri(small) }, { source: url, polygon }, { source: dataUri(large, '*') }]
    const id = await run(inputs(...images))
    const { id: taskId } = await deepomatic.task(id)
    const file = `inputs/${taskId}/2`
    expect((await deepomatic.inputOf(id)).images).toEqual([
      { source: { base64: small.toString('base64') } },
      { source: { url }, polygon },
      { source: { file } },
    ])
    const stored = await deepomatic.files.read(file)
    expect(Buffer.concat(await Array.fromAsync(stored?.body ?? []))).toEqual(large)
  })

  it('takes base64 broken into lines, and leaves it to the worker that bytes are no image', async () => {
    const id = await run(
      inputs({ source: 'data:image/png;base64,bm8g\r\naW1hZ2U=' }, { source: 'data:image/*;base64,' }),
    )
    const { images } = await deepomatic.inputOf(id)
    expect(images).toEqual([
      { source: { base64: 'bm8gaW1hZ2U=' } },
      { source: { file: expect.stringMatching(/^inputs\/[0-9a-f]{32}\/1$/) } },
    ])
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'inputs'],
    ['no object', [], 'inputs'],
    ['no inputs', {}, 'inputs'],
    ['inputs that are no list', { inputs: {} }, 'inputs'],
    ['no input', { inputs: [] }, 'inputs'],
    ['65 inputs', inputs(...Array.from({ length: 65 }, () => ({ source: url }))), 'inputs'],
    ['an input that is no object', { inputs: ['x'] }, 'inputs[0]'],
    ['an input without image', { inputs: [{}] }, 'inputs[0].image'],
    ['a video', { inputs: [{ video: { source: url } }] }, 'inputs[0].video'],
    ['an image and more', { inputs: [{ image: { source: url }, more: 1 }] }, 'inputs[0].more'],
    ['no source', inputs({}), 'inputs[0].image.source'],
    ['a source that is no text', inputs({ source: { url } }), 'inputs[0].image.source'],
    ['an image that pretends to be kept', inputs({ source: { source: { file: 'x' } } }), 'inputs[0].image.source'],
    ['another text', inputs({ source: 'file:///etc/passwd' }), 'inputs[0].image.source'],
    ['half an address', inputs({ source: url }, { source: 'http://' }), 'inputs[1].image.source'],
    ['a long address', inputs({ source: `${url}?${'x'.repeat(5_000)}` }), 'inputs[0].image.source'],
    ['no base64', inputs({ source: 'data:image/png;base64,a?b' }), 'inputs[0].image.source'],
    ['half of base64', inputs({ source: 'data:image/png;base64,abcde' }), 'inputs[0].image.source'],
    ['binary', inputs({ source: 'data:image/png;binary,abc' }), 'inputs[0].image.source'],
    ['data of no image', inputs({ source: 'data:text/plain;base64,abcd' }), 'inputs[0].image.source'],
    ['a box outside', inputs({ source: url, bbox: { xmin: 0, ymin: 0, xmax: 1.1, ymax: 1 } }), 'bbox.xmax'],
    ['a box inside out', inputs({ source: url, bbox: { xmin: 1, ymin: 0, xmax: 0, ymax: 1 } }), 'bbox.xmin'],
    ['a box of three sides', inputs({ source: url, bbox: { xmin: 0, ymin: 0, xmax: 1 } }), 'bbox.ymax'],
    [
      'a polygon of two points',
      inputs({
        source: url,
        polygon: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
      }),
      'polygon',
    ],
    ['a point outside', inputs({ source: url, polygon: [0, 1, -2].map((x) => ({ x, y: 0 })) }), 'polygon[2].x'],
    ['a crop that is no boolean', inputs({ source: url, crop_uniform_background: 'x' }), 'crop_uniform_background'],
    ['no boolean', { ...inputs({ source: url }), show_discarded: 'yes' }, 'show_discarded'],
    ['no prediction', { ...inputs({ source: url }), max_predictions: 0 }, 'max_predictions'],
    ['half a prediction', { ...inputs({ source: url }), max_predictions: 1.5 }, 'max_predictions'],
  ])('is refused with %s, by a text that names it', async (_what, body, named) => {
    const answer = await deepomatic.call('POST', path, { body })
    expect(answer).toMatchObject({ status: 400, body: { error: expect.stringContaining(named) } })
  })
})
