import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InferenceArguments } from '../../lib/deepomatic/inference-body.ts'
import { type Color, labels, plain, scoresOf } from '../../lib/deepomatic/pictures.ts'
import { createSpec, createVersion, outputs, thresholds } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'

let system: DeepomaticSystem
beforeAll(async () => {
  system = await startDeepomatic()
})
afterAll(() => system?.stop())

interface Prediction {
  label_id: number
  label_name: string
  score: number
  threshold: number
}

type Options = Omit<InferenceArguments, 'inputs'>

/** What is predicted and discarded of a picture of one color. */
async function split(color: Color, options: Options = {}, resource = tinySpec) {
  const data = await system.client.infer(resource, { inputs: [{ source: plain(color) }], ...options })
  expect(data).toEqual({
    outputs: [{ labels: { predicted: expect.any(Array), discarded: expect.any(Array) } }],
  })
  return data.outputs[0].labels as { predicted: Prediction[]; discarded: Prediction[] }
}

/** A version with these thresholds for red, green and blue, to be run. */
async function withThresholds(...values: number[]): Promise<string> {
  const { id } = await createSpec(system.wire)
  const version = await createVersion(system, { spec_id: id, post_processings: thresholds(...values) })
  return `/recognition/versions/${version.id}`
}

const names = (list: readonly Prediction[]) => list.map(({ label_name }) => label_name)

describe('a prediction', () => {
  it('has the id and name of its label, its score and its threshold, and no region', async () => {
    const { predicted, discarded } = await split('dusk', { show_discarded: true })
    const all = [...predicted, ...discarded]
    expect(all.map(({ label_id }) => label_id).sort()).toEqual([0, 1, 2])
    for (const one of all) {
      expect(one).toEqual({
        label_id: labels.indexOf(one.label_name as (typeof labels)[number]),
        label_name: expect.any(String),
        score: expect.closeTo(scoresOf('dusk')[one.label_id] as number, 2),
        threshold: 0.025,
      })
    }
  })

  it('is predicted from its threshold on, and discarded below it', async () => {
    const { predicted, discarded } = await split('red', { show_discarded: true })
    expect(names(predicted)).toEqual(['red'])
    expect(names(discarded)).toEqual(['green', 'blue'])
    for (const { score, threshold } of predicted) expect(score).toBeGreaterThanOrEqual(threshold)
    for (const { score, threshold } of discarded) expect(score).toBeLessThan(threshold)
  })

  it('is predicted when its score is its threshold', async () => {
    const { predicted } = await split('dusk')
    const exact = Object.fromEntries(predicted.map(({ label_name, score }) => [label_name, score]))
    const resource = await withThresholds(exact.red ?? 0, exact.green ?? 0, exact.blue ?? 0)
    expect(names((await split('dusk', {}, resource)).predicted)).toEqual(['red', 'green', 'blue'])
  })

  it('has the threshold of its own label', async () => {
    const resource = await withThresholds(0.9, 0.1, 0.2)
    const { predicted, discarded } = await split('dusk', { show_discarded: true }, resource)
    const of = Object.fromEntries([...predicted, ...discarded].map((one) => [one.label_name, one.threshold]))
    expect(of).toEqual({ red: 0.9, green: 0.1, blue: 0.2 })
    expect(names(predicted)).toEqual(['green'])
    expect(names(discarded)).toEqual(['red', 'blue'])
  })
})

describe('the lists', () => {
  it('are both there, and discarded is empty unless it is asked for', async () => {
    for (const options of [{}, { show_discarded: false }]) {
      const { predicted, discarded } = await split('red', options)
      expect([names(predicted), discarded]).toEqual([['red'], []])
    }
    expect(await split('red', {}, await withThresholds(1, 1, 1))).toEqual({ predicted: [], discarded: [] })
  })

  it('hold every label above its threshold, also of a model whose labels exclude each other', async () => {
    expect(names((await split('dusk')).predicted)).toEqual(['red', 'green', 'blue'])
  })

  it('hold at most max_predictions together, the highest scores first, then split', async () => {
    const resource = await withThresholds(0.9, 0.1, 0.01)
    const of = async (options: Options) => {
      const { predicted, discarded } = await split('dusk', options, resource)
      return [names(predicted), names(discarded)]
    }
    expect(await of({ show_discarded: true })).toEqual([['green', 'blue'], ['red']])
    expect(await of({ show_discarded: true, max_predictions: 2 })).toEqual([['green'], ['red']])
    expect(await of({ show_discarded: true, max_predictions: 1 })).toEqual([[], ['red']])
    // What is below its threshold is dropped before the rest is counted.
    expect(await of({ max_predictions: 1 })).toEqual([['green'], []])
  })

  it('have ties by rising label id', async () => {
    const { predicted } = await split('grey')
    expect(names(predicted)).toEqual(['red', 'green', 'blue'])
    expect(new Set(predicted.map(({ score }) => score)).size).toBe(1)
    expect(names((await split('grey', { max_predictions: 2 })).predicted)).toEqual(['red', 'green'])
  })
})

describe('an own specification', () => {
  it('has its own ids for the labels of the model, of which it may leave some out', async () => {
    const [output] = outputs
    const labels = [
      { id: 15, name: 'blue' },
      { id: 5, name: 'green' },
    ]
    const { id } = await createSpec(system.wire, { outputs: [{ labels: { ...output?.labels, labels } }] })
    await createVersion(system, { spec_id: id, post_processings: thresholds(0.1, 0.2) })
    const { predicted, discarded } = await split('dusk', { show_discarded: true }, `/recognition/specs/${id}`)
    expect(predicted).toMatchObject([{ label_id: 5, label_name: 'green', threshold: 0.2 }])
    expect(discarded).toMatchObject([{ label_id: 15, label_name: 'blue', threshold: 0.1 }])
    const tie = await split('grey', { max_predictions: 1 }, `/recognition/specs/${id}`)
    expect(tie.predicted).toMatchObject([{ label_id: 5 }])
  })
})

describe('numbers on the wire', () => {
  it('are written with a point, so that a typed reader takes them for what they are', async () => {
    const resource = await withThresholds(1, 0, 0.5)
    const id = await system.client.start(resource, { inputs: [{ source: plain('grey') }], show_discarded: true })
    await system.client.wait(id)
    for (const path of [`/tasks/${id}/`, `/tasks/?task_ids=${id}`]) {
      const { text } = await system.wire.get(path)
      const written = [...text.matchAll(/"(score|threshold)":\s*([^,}\s]+)/g)].map(([, , number]) => number)
      expect(written).toHaveLength(6)
      for (const number of written) expect(number).toMatch(/^\d\.\d+(e-\d+)?$|^\d(\.\d+)?e-\d+$/)
      expect(text).toMatch(/"threshold":\s*1\.0[,}]/)
      expect(text).toMatch(/"threshold":\s*0\.0[,}]/)
    }
  })
})
