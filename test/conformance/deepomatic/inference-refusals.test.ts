import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { multipart, type Part } from '../../lib/deepomatic/multipart.ts'
import { dataUri, plain } from '../../lib/deepomatic/pictures.ts'
import { expectError } from '../../lib/deepomatic/shapes.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'

let system: DeepomaticSystem
beforeAll(async () => {
  system = await startDeepomatic()
})
afterAll(() => system?.stop())

const source = dataUri(plain('red'))
const box = { xmin: 0.1, ymin: 0.1, xmax: 0.9, ymax: 0.9 }
const image = (more: object) => ({ inputs: [{ image: { source, ...more } }] })
const points = (...some: readonly (readonly [number, number])[]) => some.map(([x, y]) => ({ x, y }))

const refusedJson: readonly (readonly [what: string, body: unknown])[] = [
  ['no inputs', {}],
  ['an empty list of inputs', { inputs: [] }],
  ['inputs that are no list', { inputs: { image: { source } } }],
  ['an input that is null', { inputs: [null] }],
  ['an input without an image', { inputs: [{}] }],
  ['an input that is a video', { inputs: [{ video: { source, process_fps: 1 } }] }],
  ['an input that is image and video', { inputs: [{ image: { source }, video: { source } }] }],
  ['a wrong input after a good one', { inputs: [{ image: { source } }, { image: {} }] }],
  ['an image that is a text', { inputs: [{ image: source }] }],
  ['no source', { inputs: [{ image: { crop_uniform_background: false } }] }],
  ['a number as the source', image({ source: 5 })],
  ['an empty source', image({ source: '' })],
  ['a source of another kind', image({ source: 'red.png' })],
  ['a file’s address', image({ source: 'file:///etc/passwd' })],
  ['an ftp address', image({ source: 'ftp://img.example/a.jpg' })],
  ['half an address', image({ source: 'http://' })],
  ['base64 without its prefix', image({ source: plain('red').toString('base64') })],
  ['a data URI of something else', image({ source: 'data:text/plain;base64,aGVsbG8=' })],
  ['a data URI in binary', image({ source: 'data:image/png;binary,\u0089PNG' })],
  ['a data URI with what is not base64', image({ source: 'data:image/png;base64,@@@@' })],
  ['a box that is upside down', image({ bbox: { ...box, ymin: 0.95 } })],
  ['a box without width', image({ bbox: { ...box, xmin: 0.9 } })],
  ['a box beyond the image', image({ bbox: { ...box, xmax: 1.5 } })],
  ['a box below zero', image({ bbox: { ...box, xmin: -0.1 } })],
  ['a box without one side', image({ bbox: { xmin: 0, ymin: 0, xmax: 1 } })],
  ['a box of texts', image({ bbox: { xmin: 'a', ymin: 'b', xmax: 'c', ymax: 'd' } })],
  ['a box that is a list', image({ bbox: [0, 0, 1, 1] })],
  ['a polygon of two points', image({ polygon: points([0, 0], [1, 1]) })],
  ['a polygon beyond the image', image({ polygon: points([0, 0], [1, 1], [2, 0]) })],
  [
    'a polygon of lists',
    image({
      polygon: [
        [0, 0],
        [1, 1],
        [1, 0],
      ],
    }),
  ],
  ['a text as crop_uniform_background', image({ crop_uniform_background: 'perhaps' })],
  ['show_discarded that is no boolean', { ...image({}), show_discarded: 'perhaps' }],
  ['max_predictions 0', { ...image({}), max_predictions: 0 }],
  ['max_predictions below 0', { ...image({}), max_predictions: -1 }],
  ['max_predictions that are no whole number', { ...image({}), max_predictions: 1.5 }],
  ['max_predictions that are no number', { ...image({}), max_predictions: 'many' }],
]

const file = (place: number | string, more: Partial<Part> = {}): Part => ({
  name: `inputs[${place}]image.source`,
  filename: `inputs[${place}]image.source`,
  value: plain('red'),
  ...more,
})
const field = (name: string, value: string): Part => ({ name, type: 'application/json', value })

const refusedForms: readonly (readonly [what: string, parts: readonly Part[]])[] = [
  ['no parts', []],
  ['options alone', [{ name: 'show_discarded', value: 'True' }]],
  ['inputs that begin at 1', [file(1)]],
  ['a gap between inputs', [file(0), file(2)]],
  ['an index that is no number', [file('x')]],
  ['an index below 0', [file(-1)]],
  ['an index beyond reason', [file('99999999999')]],
  ['a video', [{ ...file(0), name: 'inputs[0]video.source' }]],
  ['an input without a source', [file(0), field('inputs[1]image.crop_uniform_background', 'False')]],
  ['two sources for one image', [file(0), file(0)]],
  ['a text of no known form as the source', [field('inputs[0]image.source', 'red.png')]],
  ['a quoted address', [field('inputs[0]image.source', '"https://img.example/a.jpg"')]],
  ['a boolean that is none', [file(0), field('inputs[0]image.crop_uniform_background', 'perhaps')]],
  ['show_discarded that is no boolean', [file(0), { name: 'show_discarded', value: 'yes, please' }]],
  ['max_predictions that is no number', [file(0), { name: 'max_predictions', value: 'many' }]],
  ['max_predictions 0', [file(0), { name: 'max_predictions', value: '0' }]],
  ['half a box', [file(0), field('inputs[0]image.bbox.xmin', '0.1')]],
  ['a box of texts', [file(0), ...Object.keys(box).map((side) => field(`inputs[0]image.bbox.${side}`, 'left'))]],
  [
    'a polygon of two points',
    [
      file(0),
      ...[0, 1].flatMap((n) => [
        field(`inputs[0]image.polygon[${n}]x`, `0.${n}`),
        field(`inputs[0]image.polygon[${n}]y`, `0.${n}`),
      ]),
    ],
  ],
]

describe('an inference is refused at once, with a reason and no task:', () => {
  it.each(refusedJson)('JSON with %s', async (_what, body) => {
    const before = await system.countTasks()
    expectError(await system.wire.json('POST', `${tinySpec}/inference`, body), 400)
    expect(await system.countTasks()).toBe(before)
  })

  it.each(refusedForms)('a form with %s', async (_what, parts) => {
    const before = await system.countTasks()
    expectError(await system.wire.send('POST', `${tinySpec}/inference`, multipart(parts)), 400)
    expect(await system.countTasks()).toBe(before)
  })

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    [
      'an end that is missing',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
    ],
    ['no form at all', 'multipart/form-data; boundary=b', '{"inputs": []}'],
  ])('a form with %s', async (_what, type, text) => {
    expectError(await system.wire.send('POST', `${tinySpec}/inference`, { type, bytes: Buffer.from(text) }), 400)
  })

  it('and says which argument is wrong', async () => {
    const { data } = await system.wire.json('POST', `${tinySpec}/inference`, { ...image({}), max_predictions: 0 })
    expect(data.error).toContain('max_predictions')
    const { data: second } = await system.wire.json('POST', `${tinySpec}/inference`, {
      inputs: [{ image: { source } }, { image: { source: 'x' } }],
    })
    expect(second.error).toMatch(/inputs\[1\].*source/)
  })
})
