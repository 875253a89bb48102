import { beforeAll, describe, expect, it } from 'vitest'
import { type Caller, describedModel, outputsOf, startCaller } from './recognition.fixture.ts'
import { resolveTarget } from './resolve-target.ts'

let own: Caller
let foreign: Caller
let networkId: number
beforeAll(async () => {
  own = await startCaller()
  foreign = await startCaller()
  await own.announce(
    describedModel('Org/Pets', ['cat', 'dog', 'cow']),
    describedModel('Org/Pets', ['cat', 'dog'], { job: 'detect.image' }),
  )
  networkId = (await own.send('GET', '/recognition/public/org-pets')).data.metadata.network_id
})

const resolve = (kind: Parameters<typeof resolveTarget>[1], id: string | number) =>
  resolveTarget(own.call, kind, `${id}`)

async function createVersion(labels: readonly object[], thresholds: number[], roi = 'NONE') {
  const kind = roi === 'NONE' ? 'classification' : 'detection'
  const spec = await own.create('/recognition/specs', { name: 's', outputs: outputsOf(labels, roi) })
  const post_processings = [{ [kind]: { thresholds } }]
  return own.create('/recognition/versions', { spec_id: spec.id, network_id: networkId, post_processings })
}

describe('what an inference runs', () => {
  it('is the model as it is for a public specification', async () => {
    expect(await resolve('public', 'org-pets')).toEqual({ job: 'classify.image', model: 'Org/Pets' })
    expect(await resolve('public', 'org-pets-boxes')).toEqual({ job: 'detect.image', model: 'Org/Pets' })
  })

  it('is the model with other thresholds for a version that has all its labels as they are', async () => {
    const labels = ['cat', 'dog', 'cow'].map((name, id) => ({ id, name }))
    const version = await createVersion(labels, [0.1, 0.2, 0.3])
    const target = { job: 'classify.image', model: 'Org/Pets', thresholds: [0.1, 0.2, 0.3] }
    expect(await resolve('versions', version.id)).toEqual(target)
    expect(await resolve('specs', version.spec_id)).toEqual(target)
  })

  it('answers only the labels of the specification, under its ids and by its thresholds', async () => {
    const labels = [
      { id: 70, name: 'dog' },
      { id: 0, name: 'cat' },
    ]
    const { id } = await createVersion(labels, [0.4, 0.6], 'BBOX')
    expect(await resolve('versions', id)).toEqual({
      ...{ job: 'detect.image', model: 'Org/Pets', thresholds: [0.4, 0.6] },
      labels: [
        { of: 1, id: 70, name: 'dog' },
        { of: 0, id: 0, name: 'cat' },
      ],
    })
  })

  it('is the current version of a specification, and nothing where there is none', async () => {
    const first = await createVersion([{ id: 1, name: 'cat' }], [0.1])
    const second = await own.create('/recognition/versions', {
      ...{
        spec_id: first.spec_id,
        network_id: networkId,
        post_processings: [{ classification: { thresholds: [0.9] } }],
      },
    })
    expect(await resolve('specs', first.spec_id)).toMatchObject({ thresholds: [0.1] })
    await own.send('PATCH', `/recognition/specs/${first.spec_id}`, { current_version_id: second.id })
    expect(await resolve('specs', first.spec_id)).toMatchObject({ thresholds: [0.9] })
    await own.send('DELETE', `/recognition/versions/${second.id}`)
    await expect(resolve('specs', first.spec_id)).rejects.toMatchObject({ status: 400 })
    await expect(resolve('specs', first.spec_id)).rejects.toThrow('has no current version')
  })

  it('is not there for what is unknown or foreign', async () => {
    const { id, spec_id } = await createVersion([{ id: 1, name: 'cat' }], [0.1])
    for (const call of [resolve('public', 'x'), resolve('specs', 'x'), resolve('versions', 99_999_999)]) {
      await expect(call).rejects.toMatchObject({ status: 404 })
    }
    const { call } = foreign
    await expect(resolveTarget(call, 'versions', `${id}`)).rejects.toMatchObject({ status: 404 })
    await expect(resolveTarget(call, 'specs', `${spec_id}`)).rejects.toMatchObject({ status: 404 })
    await expect(resolveTarget(call, 'public', 'org-pets')).rejects.toMatchObject({ status: 404 })
  })

  it('is refused once the model has gone or has other labels', async () => {
    const { id } = await createVersion([{ id: 1, name: 'cow' }], [0.1])
    const { services, caller } = own.call
    const withModels = (...models: ReturnType<typeof describedModel>[]) =>
      resolveTarget({ services: { ...services, imageModels: async () => models }, caller }, 'versions', `${id}`)
    await expect(withModels()).rejects.toThrow(`"Org/Pets" of version ${id} is not offered any more`)
    await expect(withModels(describedModel('Org/Pets', ['cat']))).rejects.toThrow('has not the labels "cow" any more')
    // The same label in another place is the same label.
    const moved = await withModels(describedModel('Org/Pets', ['cow', 'cat']))
    expect(moved.labels).toEqual([{ of: 0, id: 1, name: 'cow' }])
  })
})
