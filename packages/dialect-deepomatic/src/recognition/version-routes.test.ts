import { beforeAll, describe, expect, it } from 'vitest'
import { type Caller, describedModel, outputsOf, startCaller } from './recognition.fixture.ts'

let own: Caller
let foreign: Caller
const networks = { pets: 0, coco: 0, foreign: 0 }
beforeAll(async () => {
  own = await startCaller()
  foreign = await startCaller()
  await own.announce(describedModel('pets', ['cat', 'dog', 'cow']))
  await own.announce(describedModel('coco', ['cat', 'dog'], { job: 'detect.image' }))
  await foreign.announce(describedModel('pets', ['cat', 'dog', 'cow']))
  const networkOf = async (caller: typeof own, name: string) =>
    (await caller.send('GET', `/recognition/public/${name}`)).data.metadata.network_id
  networks.pets = await networkOf(own, 'pets')
  networks.coco = await networkOf(own, 'coco')
  networks.foreign = await networkOf(foreign, 'pets')
})

const labels = [
  { id: 30, name: 'dog' },
  { id: 10, name: 'cat' },
]
const createSpec = (roi = 'NONE', exclusive = true) =>
  own.create('/recognition/specs', { name: 'mine', outputs: outputsOf(labels, roi, exclusive) })
const classification = (more: object = {}) => [{ classification: { output_tensor: 'logits', ...more } }]
const createVersion = (spec_id: number, more: object = {}) =>
  own.create('/recognition/versions', {
    ...{ spec_id, network_id: networks.pets, post_processings: classification({ thresholds: [0.25, 1] }), ...more },
  })
const currentOf = async (id: number) => (await own.send('GET', `/recognition/specs/${id}`)).data.current_version_id

describe('own versions', () => {
  it('are made of a specification and a network, and the first becomes the current one', async () => {
    const spec = await createSpec()
    const made = await createVersion(spec.id)
    expect(made).toEqual({
      ...{
        id: expect.any(Number),
        spec_id: spec.id,
        spec_name: 'mine',
        network_id: networks.pets,
        network_name: 'pets',
      },
      update_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      post_processings: [{ classification: { output_tensor: 'logits', thresholds: [0.25, 1] } }],
    })
    expect(await own.send('GET', `/recognition/versions/${made.id}/`)).toEqual({ status: 200, data: made })
    expect(await currentOf(spec.id)).toBe(made.id)
    const second = await createVersion(spec.id)
    expect(await currentOf(spec.id)).toBe(made.id)
    const path = `/recognition/specs/${spec.id}`
    expect((await own.send('PATCH', path, { current_version_id: second.id })).status).toBe(200)
    expect(await currentOf(spec.id)).toBe(second.id)
    const other = await createVersion((await createSpec()).id)
    expect((await own.send('PATCH', path, { current_version_id: other.id })).status).toBe(400)
    expect((await own.send('PATCH', path, { current_version_id: null })).data.current_version_id).toBeNull()
  })

  it('get the thresholds of their kind where none are given', async () => {
    const thresholds = async (roi: string, exclusive: boolean, post_processings: object[], network_id: number) => {
      const { id } = await createSpec(roi, exclusive)
      return (await createVersion(id, { post_processings, network_id })).post_processings
    }
    const usual = (value: number) => ({ thresholds: [value, value] })
    expect(await thresholds('NONE', true, classification(), networks.pets)).toEqual(classification(usual(0.025)))
    expect(await thresholds('NONE', false, [{ classification: {} }], networks.pets)).toEqual([
      { classification: usual(0.5) },
    ])
    const detection = { nms_threshold: 0.6, discrete_output: { scores_tensor: 's' } }
    expect(await thresholds('BBOX', false, [{ detection }], networks.coco)).toEqual([
      { detection: { ...detection, ...usual(0.8) } },
    ])
  })

  it('are listed of one specification and of all, without their post processings', async () => {
    const [one, other] = [await createSpec(), await createSpec()]
    const made = [await createVersion(one.id), await createVersion(other.id), await createVersion(one.id)]
    const summaries = made.map(({ post_processings: _, ...summary }) => summary)
    const ofOne = await own.send('GET', `/recognition/specs/${one.id}/versions?offset=0&limit=100`)
    expect(ofOne.data).toEqual({ count: 2, next: null, previous: null, results: [summaries[0], summaries[2]] })
    const { data: all } = await own.send('GET', '/recognition/versions/?limit=1000')
    expect(all.results.slice(-3)).toEqual(summaries)
    expect(all.count).toBe(all.results.length)
    expect((await own.send('GET', '/recognition/specs/999999/versions')).status).toBe(404)
    expect((await foreign.send('GET', `/recognition/specs/${one.id}/versions`)).status).toBe(404)
    expect((await foreign.send('GET', '/recognition/versions')).data.count).toBe(0)
  })

  it.each<[string, (spec: { id: number }) => object]>([
    ['spec_id', () => ({ spec_id: undefined })],
    ['spec_id', () => ({ spec_id: 999_999_999 })],
    ['spec_id', ({ id }) => ({ spec_id: String(id) })],
    ['network_id', () => ({ network_id: 999_999_999 })],
    ['network_id', () => ({ network_id: networks.foreign })],
    ['network_id', () => ({ network_id: networks.coco })],
    ['network_id', () => ({ network_id: null })],
    ['post_processings', () => ({ post_processings: undefined })],
    ['post_processings', () => ({ post_processings: [] })],
    ['post_processings', () => ({ post_processings: [...classification(), ...classification()] })],
    ['post_processings[0]', () => ({ post_processings: [{}] })],
    ['post_processings[0]', () => ({ post_processings: [{ classification: {}, detection: {} }] })],
    ['post_processings[0]', () => ({ post_processings: [{ detection: { thresholds: [0.5, 0.5] } }] })],
    ['post_processings[0].segmentation', () => ({ post_processings: [{ classification: {}, segmentation: {} }] })],
    [
      'post_processings[0].classification.thresholds',
      () => ({ post_processings: classification({ thresholds: [1] }) }),
    ],
    [
      'post_processings[0].classification.thresholds[1]',
      () => ({ post_processings: classification({ thresholds: [0, 1.01] }) }),
    ],
    [
      'post_processings[0].classification.thresholds[0]',
      () => ({ post_processings: classification({ thresholds: ['0.1', 1] }) }),
    ],
    [
      'post_processings[0].classification.output_tensor',
      () => ({ post_processings: classification({ output_tensor: 1 }) }),
    ],
  ])('are refused, naming %s, and nothing is kept', async (field, wrong) => {
    const spec = await createSpec()
    const body = { spec_id: spec.id, network_id: networks.pets, post_processings: classification(), ...wrong(spec) }
    const { status, data } = await own.send('POST', '/recognition/versions', body)
    expect({ status, field: data.error.split(': ')[0] }).toEqual({ status: 400, field })
    expect((await own.send('GET', `/recognition/specs/${spec.id}/versions`)).data.count).toBe(0)
    expect(await currentOf(spec.id)).toBeNull()
  })

  it('need a model that has the labels of the specification, by their names', async () => {
    const outputs = outputsOf([...labels, { id: 1, name: 'Cow' }, { id: 2, name: 'unicorn' }])
    const { id } = await own.create('/recognition/specs', { name: 'x', outputs })
    const body = { spec_id: id, network_id: networks.pets, post_processings: classification() }
    const { status, data } = await own.send('POST', '/recognition/versions', body)
    expect(status).toBe(400)
    expect(data.error).toMatch(/^network_id: the model "pets" has not the labels "Cow", "unicorn" of specification/)
  })

  it('are deleted, and a specification has no current version then', async () => {
    const spec = await createSpec()
    const { id } = await createVersion(spec.id)
    expect(await foreign.send('DELETE', `/recognition/versions/${id}`)).toMatchObject({ status: 404 })
    expect(await own.send('DELETE', `/recognition/versions/${id}/`)).toEqual({ status: 204, data: '' })
    expect((await own.send('DELETE', `/recognition/versions/${id}`)).status).toBe(404)
    expect(await currentOf(spec.id)).toBeNull()
    const gone = await createVersion(spec.id)
    await own.send('DELETE', `/recognition/specs/${spec.id}`)
    expect((await own.send('GET', `/recognition/versions/${gone.id}`)).status).toBe(404)
  })

  it('that are foreign, unknown or no number are 404', async () => {
    const { id } = await createVersion((await createSpec()).id)
    for (const one of [`${id}`, '999999', '99999999999999999999', 'x', '01']) {
      expect((await foreign.send('GET', `/recognition/versions/${one}`)).status).toBe(404)
      expect((await foreign.send('DELETE', `/recognition/versions/${one}`)).status).toBe(404)
    }
    expect((await own.send('GET', `/recognition/versions/${id}`)).status).toBe(200)
  })
})
