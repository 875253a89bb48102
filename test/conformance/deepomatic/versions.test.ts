import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectError, expectPage, timestamp } from '../../lib/deepomatic/shapes.ts'
import { createSpec, createVersion, thresholds } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic } from '../../lib/deepomatic/system.ts'

let system: DeepomaticSystem
beforeAll(async () => {
  system = await startDeepomatic()
})
afterAll(() => system?.stop())

const time = expect.stringMatching(timestamp)
const specs = '/recognition/specs'
const versions = '/recognition/versions'

describe('a version', () => {
  it('is made of a specification and a model, and the first one becomes the current one', async () => {
    const spec = await createSpec(system.wire, { name: 'shades' })
    const first = await createVersion(system, { spec_id: spec.id })
    expect(first).toEqual({
      id: expect.any(Number),
      spec_id: spec.id,
      spec_name: 'shades',
      network_id: system.networkId,
      network_name: 'tiny-image',
      update_date: time,
      post_processings: thresholds(0.025, 0.025, 0.025),
    })
    const second = await createVersion(system, { spec_id: spec.id })
    expect((await system.client.retrieve(`${specs}/${spec.id}/`)).current_version_id).toBe(first.id)
    const change = await system.wire.json('PATCH', `${specs}/${spec.id}/`, { current_version_id: second.id })
    expect(change).toMatchObject({ status: 200, data: { current_version_id: second.id } })
    expect(await system.client.retrieve(`${versions}/${second.id}/`)).toEqual(second)
  })

  it('is listed with all and with those of its specification, without post_processings', async () => {
    const [one, other] = [await createSpec(system.wire), await createSpec(system.wire)]
    const made = [await createVersion(system, { spec_id: one.id }), await createVersion(system, { spec_id: one.id })]
    const foreign = await createVersion(system, { spec_id: other.id })
    const bare = made.map(({ post_processings: _, ...version }) => version)
    expect(await system.client.list(`${specs}/${one.id}/versions`)).toEqual(bare)
    const all = await system.client.list(`${versions}/`)
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([...bare.map(({ id }) => id), foreign.id]))
    for (const version of all) expect(version).not.toHaveProperty('post_processings')
    const first = expectPage((await system.wire.get(`${specs}/${one.id}/versions?offset=0&limit=1`)).data)
    expect((await system.wire.get(first.next as string)).data.results).toEqual([bare[1]])
  })

  it('is gone after its deletion, and no longer the current one', async () => {
    const spec = await createSpec(system.wire)
    const { id } = await createVersion(system, { spec_id: spec.id })
    expect(await system.wire.send('DELETE', `${versions}/${id}/`)).toMatchObject({ status: 204, text: '' })
    expectError(await system.wire.get(`${versions}/${id}/`), 404)
    expectError(await system.wire.send('DELETE', `${versions}/${id}/`), 404)
    expect((await system.client.retrieve(`${specs}/${spec.id}/`)).current_version_id).toBeNull()
  })

  it('of another specification, or none, does not become the current one', async () => {
    const [one, other] = [await createSpec(system.wire), await createSpec(system.wire)]
    const foreign = await createVersion(system, { spec_id: other.id })
    for (const current_version_id of [foreign.id, 999_999, 'x']) {
      expectError(await system.wire.json('PATCH', `${specs}/${one.id}/`, { current_version_id }), 400)
    }
  })

  it.each([
    ['without a specification', { spec_id: undefined }],
    ['of a specification that there is not', { spec_id: 999_999 }],
    ['of a network that there is not', { network_id: 999_999 }],
    ['without a network', { network_id: undefined }],
    ['without post_processings', { post_processings: undefined }],
    ['with post_processings that are no list', { post_processings: {} }],
    ['with one post_processing too many', { post_processings: [...thresholds(0, 0, 0), ...thresholds(0, 0, 0)] }],
    ['with a post_processing that is none', { post_processings: [{ magic: {} }] }],
    ['with too few thresholds', { post_processings: thresholds(0.5) }],
    ['with a threshold above 1', { post_processings: thresholds(0.5, 0.5, 1.5) }],
    [
      'with a text as a threshold',
      { post_processings: [{ classification: { output_tensor: 'x', thresholds: ['a'] } }] },
    ],
  ])('%s is refused, and nothing is stored', async (_what, wrong) => {
    const { id } = await createSpec(system.wire)
    const body = {
      spec_id: id,
      network_id: system.networkId,
      post_processings: thresholds(0.5, 0.5, 0.5),
      ...wrong,
    }
    const { status, data } = await system.wire.json('POST', `${versions}/`, body)
    expect({ status, error: typeof data.error }).toEqual({
      status: expect.toSatisfy((s) => s === 400 || s === 404),
      error: 'string',
    })
    expect((await system.wire.get(`${specs}/${id}/versions`)).data.count).toBe(0)
  })
})
