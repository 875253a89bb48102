import { describe, expect, it } from 'vitest'
import { writeOutputs } from './write-outputs.ts'

const label = (label_id: number, score: number, threshold: number) => ({
  ...{ label_id, label_name: `label "${label_id}"`, score, threshold },
})

describe('outputs', () => {
  it('are one for each image, with both lists always there', () => {
    const images = [
      { predicted: [label(3, 0.8125, 0.025)], discarded: [label(9, 0.0125, 0.025)] },
      { predicted: [], discarded: [] },
    ]
    const outputs = JSON.parse(writeOutputs('classify.image', JSON.stringify({ model: 'm', images })))
    expect(outputs).toEqual({ outputs: images.map((labels) => ({ labels })) })
  })

  it('never hold a bare 0 or 1 where a reader expects a float', () => {
    const images = [{ predicted: [label(0, 1, 0)], discarded: [] }]
    const text = writeOutputs('classify.image', JSON.stringify({ model: 'm', images }))
    expect(text).toContain('"label_id":0,"label_name":"label \\"0\\"","score":1.0,"threshold":0.0}')
  })

  it('say where a thing is, when the job gives boxes', () => {
    const box = { xmin: 0, ymin: 0.25, xmax: 1, ymax: 0.5 }
    const images = [{ predicted: [{ ...label(7, 0.9, 0.8), region: 2, box }], discarded: [] }]
    const text = writeOutputs('detect.image', JSON.stringify({ model: 'm', images }))
    expect(text).toContain('"roi":{"region_id":2,"bbox":{"xmin":0.0,"ymin":0.25,"xmax":1.0,"ymax":0.5}}')
    expect(JSON.parse(text).outputs[0].labels.predicted[0]).toEqual({
      ...label(7, 0.9, 0.8),
      roi: { region_id: 2, bbox: box },
    })
  })
})
