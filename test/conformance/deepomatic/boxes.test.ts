import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stopSign } from '../../lib/deepomatic/pictures.ts'
import { createSpec, createVersion } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic } from '../../lib/deepomatic/system.ts'

const boxes = '/recognition/public/coco-objects-boxes'
let system: DeepomaticSystem
beforeAll(async () => {
  // The model that comes with Inferq: it is made in the worker's folder when it is first needed.
  system = await startDeepomatic({ worker: { INFERQ_IMAGE_MODELS: 'tiny-image,coco-objects' } })
})
afterAll(() => system?.stop())

const inputs = [{ source: stopSign() }]
const isFraction = expect.toSatisfy((value: number) => value >= 0 && value <= 1)

describe('a model that gives boxes', () => {
  it('is two public specifications, one for the image as a whole and one for boxes', async () => {
    const whole = await system.client.retrieve('/recognition/public/coco-objects/')
    const boxed = await system.client.retrieve(`${boxes}/`)
    expect(whole.outputs[0].labels).toMatchObject({ roi: 'NONE', exclusive: false })
    expect(boxed.outputs[0].labels).toMatchObject({ roi: 'BBOX', labels: whole.outputs[0].labels.labels })
  })

  it('says what is in the image, and has 0.5 as its threshold', async () => {
    const { outputs } = await system.client.infer('/recognition/public/coco-objects', { inputs })
    const [sign] = outputs[0].labels.predicted
    expect(sign).toEqual({ label_id: expect.any(Number), label_name: 'stop sign', score: isFraction, threshold: 0.5 })
  })

  it('says where it is, in fractions of the image, and has 0.8 as its threshold', async () => {
    const { outputs } = await system.client.infer(boxes, { inputs, show_discarded: true })
    const { predicted, discarded } = outputs[0].labels
    const [sign] = [...predicted, ...discarded]
    expect(sign).toEqual({
      label_id: expect.any(Number),
      label_name: 'stop sign',
      score: isFraction,
      threshold: 0.8,
      roi: { region_id: expect.any(Number), bbox: expect.any(Object) },
    })
    const { xmin, ymin, xmax, ymax } = sign.roi.bbox
    expect([xmin, xmax, ymin, ymax]).toEqual([isFraction, isFraction, isFraction, isFraction])
    expect((xmin + xmax) / 2).toBeCloseTo(0.3, 1)
    expect((ymin + ymax) / 2).toBeCloseTo(0.4, 1)
  })

  it('is split by the thresholds of an own version', async () => {
    const { id, outputs, metadata } = await system.client.retrieve(`${boxes}/`)
    const { labels } = outputs[0].labels
    const spec = await createSpec(system.wire, { name: id, outputs })
    const thresholds = labels.map(({ name }: { name: string }) => (name === 'stop sign' ? 0.3 : 0.99))
    const post_processings = [{ detection: { thresholds, nms_threshold: 0.5 } }]
    await createVersion(system, { spec_id: spec.id, network_id: metadata.network_id, post_processings })
    const result = await system.client.infer(`/recognition/specs/${spec.id}`, { inputs, show_discarded: true })
    const { predicted, discarded } = result.outputs[0].labels
    expect(predicted[0]).toMatchObject({ label_name: 'stop sign', threshold: 0.3 })
    for (const { threshold } of discarded) expect([0.3, 0.99]).toContain(threshold)
  })

  it('writes boxes, scores and thresholds with a point', async () => {
    const id = await system.client.start(boxes, { inputs, show_discarded: true })
    await system.client.wait(id)
    const { text } = await system.wire.get(`/tasks/${id}/`)
    const numbers = [...text.matchAll(/"(score|threshold|[xy]min|[xy]max)":\s*([^,}\s]+)/g)].map(
      ([, , number]) => number,
    )
    expect(numbers.length).toBeGreaterThan(5)
    for (const number of numbers) expect(number).toMatch(/\.|e-/)
  })
})
