import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InferenceArguments } from '../../lib/deepomatic/inference-body.ts'
import { multipart, type Part } from '../../lib/deepomatic/multipart.ts'
import { dataUri, halves, noisy, plain } from '../../lib/deepomatic/pictures.ts'
import { expectError } from '../../lib/deepomatic/shapes.ts'
import { createSpec, createVersion } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'
import { type MediaServer, startMediaServer } from '../../lib/media-server.ts'

let images: MediaServer
let system: DeepomaticSystem
beforeAll(async () => {
  images = await startMediaServer({ 'red.png': plain('red'), 'blue.png': plain('blue') })
  system = await startDeepomatic({ worker: { INFERQ_FETCH_ALLOW: '127.0.0.1' } })
})
afterAll(async () => {
  await system?.stop()
  await images?.[Symbol.asyncDispose]()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
const firstLabels = ({ outputs }: any): string[] => outputs.map((one: any) => one.labels.predicted[0].label_name)
const infer = async (args: InferenceArguments) => firstLabels(await system.client.infer(tinySpec, args))

/** The answer to a body that no client of ours would build. */
const post = (body: unknown) => system.wire.json('POST', `${tinySpec}/inference`, body)
const postForm = (parts: readonly Part[]) => system.wire.send('POST', `${tinySpec}/inference`, multipart(parts))
const dataOf = async ({ status, text, data }: { status: number; text: string; data: { task_id: string } }) => {
  expect({ status, text }).toMatchObject({ status: 200 })
  return (await system.client.wait(data.task_id)).data
}

describe('in JSON', () => {
  it('an address is fetched', async () => {
    expect(await infer({ inputs: [{ source: images.url('red.png') }] })).toEqual(['red'])
    expect(images.asked).toContain('/red.png')
  })

  it('a data URI is decoded, whatever format it names', async () => {
    for (const format of ['png', '*', 'jpeg']) {
      expect(await infer({ inputs: [{ source: dataUri(plain('blue'), format) }] })).toEqual(['blue'])
    }
  })

  it('several images become one task with their outputs in order', async () => {
    const sources = [dataUri(plain('green')), images.url('red.png'), dataUri(plain('blue'))]
    expect(await infer({ inputs: sources.map((source) => ({ source })) })).toEqual(['green', 'red', 'blue'])
  })

  it('the options may be absent, and an image may be all there is of an input', async () => {
    const data = await dataOf(await post({ inputs: [{ image: { source: dataUri(plain('red')) } }] }))
    expect(firstLabels(data)).toEqual(['red'])
  })

  it('an image that is larger than a job may be goes through the file store', async () => {
    expect(noisy().length).toBeGreaterThan(64 * 1024)
    expect(await infer({ inputs: [{ source: dataUri(noisy()) }, { source: dataUri(plain('blue')) }] })).toEqual([
      'red',
      'blue',
    ])
  })
})

describe('in a form', () => {
  it('bytes are read under the name that the client gives them, and under a file’s own', async () => {
    expect(await infer({ inputs: [{ source: plain('red') }] })).toEqual(['red'])
    expect(await infer({ inputs: [{ source: plain('blue'), filename: 'a photo.jpg' }] })).toEqual(['blue'])
  })

  it('the options are Python’s words, and values typed as JSON that are none', async () => {
    const inputs = [{ source: plain('red'), crop_uniform_background: false }]
    const data = await system.client.infer(tinySpec, { inputs, show_discarded: true, max_predictions: 2 })
    const [{ labels }] = data.outputs
    expect([...labels.predicted, ...labels.discarded]).toHaveLength(2)
    expect(labels.discarded).toHaveLength(1)
  })

  it('an address among bytes is a bare text', async () => {
    const inputs = [{ source: plain('green') }, { source: images.url('blue.png') }, { source: plain('red') }]
    expect(await infer({ inputs })).toEqual(['green', 'blue', 'red'])
  })

  it('a data URI may be a text part', async () => {
    const data = await dataOf(await postForm([{ name: 'inputs[0]image.source', value: dataUri(plain('green')) }]))
    expect(firstLabels(data)).toEqual(['green'])
  })

  it('parts come in any order, and a file may name its type', async () => {
    const data = await dataOf(
      await postForm([
        { name: 'inputs[1]image.crop_uniform_background', type: 'application/json', value: 'False' },
        { name: 'inputs[1]image.source', filename: 'b.png', type: 'image/png', value: plain('blue') },
        { name: 'inputs[0]image.source', filename: 'a.png', value: plain('red') },
        { name: 'max_predictions', value: '1' },
        { name: 'show_discarded', value: 'True' },
      ]),
    )
    expect(firstLabels(data)).toEqual(['red', 'blue'])
  })

  it.each([
    ['true', 2],
    ['True', 2],
    ['1', 2],
    ['false', 0],
    ['False', 0],
    ['0', 0],
  ])('show_discarded: %s leaves %i discarded', async (value, count) => {
    const data = await dataOf(
      await postForm([
        { name: 'show_discarded', value },
        { name: 'inputs[0]image.source', filename: 'a', value: plain('red') },
      ]),
    )
    expect(data.outputs[0].labels.discarded).toHaveLength(count)
  })

  it('that carries an undecodable file is a task with an error', async () => {
    // The client decodes a data URI with its prefix, so junk precedes the image.
    const junk = Buffer.from(dataUri(plain('red')), 'base64')
    const id = await system.client.start(tinySpec, { inputs: [{ source: junk }] })
    await expect(system.client.wait(id)).rejects.toThrow('"status":"error"')
  })

  it('that is larger than a job may be, of many images, goes through the file store', async () => {
    expect(await infer({ inputs: [{ source: noisy() }, { source: plain('blue') }, { source: noisy() }] })).toEqual([
      'red',
      'blue',
      'red',
    ])
  })
})

describe('a part of an image', () => {
  const right = { xmin: 0.6, ymin: 0.1, xmax: 0.9, ymax: 0.9 }
  const leftTriangle = [
    { x: 0, y: 0 },
    { x: 0.4, y: 0 },
    { x: 0, y: 1 },
  ]

  it('is all that is looked at, as a box and as a polygon, in JSON and in a form', async () => {
    const picture = halves('red', 'blue')
    for (const source of [dataUri(picture), picture]) {
      expect(await infer({ inputs: [{ source, bbox: right }] })).toEqual(['blue'])
      expect(await infer({ inputs: [{ source, polygon: leftTriangle }] })).toEqual(['red'])
    }
  })

  it('belongs to its own image only', async () => {
    const source = dataUri(halves('green', 'blue'))
    const left = { ...right, xmin: 0, xmax: 0.4 }
    expect(
      await infer({
        inputs: [
          { source, bbox: right },
          { source, bbox: left },
        ],
      }),
    ).toEqual(['blue', 'green'])
  })

  it('may be the foreground, where that is asked for', async () => {
    expect(await infer({ inputs: [{ source: plain('red'), crop_uniform_background: true }] })).toEqual(['red'])
  })
})

describe('a model', () => {
  it('is run by its public name, by an own specification and by a version', async () => {
    const { id } = await createSpec(system.wire)
    const first = await createVersion(system, { spec_id: id })
    const args = { inputs: [{ source: plain('green') }], show_discarded: true }
    const results = [
      await system.client.infer(tinySpec, args),
      await system.client.infer(`/recognition/specs/${id}`, args),
      await system.client.infer(`/recognition/versions/${first.id}`, args),
    ]
    for (const result of results) expect(result).toEqual(results[0])
  })

  it('of a specification without a version is none: 400', async () => {
    const { id } = await createSpec(system.wire)
    const body = { inputs: [{ image: { source: dataUri(plain('red')) } }] }
    expectError(await system.wire.json('POST', `/recognition/specs/${id}/inference`, body), 400)
  })
})
