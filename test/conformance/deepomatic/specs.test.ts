import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labels } from '../../lib/deepomatic/pictures.ts'
import { expectError, expectPage, timestamp } from '../../lib/deepomatic/shapes.ts'
import { createSpec, createVersion, outputs } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'

let system: DeepomaticSystem
beforeAll(async () => {
  system = await startDeepomatic()
})
afterAll(() => system?.stop())

const time = expect.stringMatching(timestamp)
const specs = '/recognition/specs'
const versions = '/recognition/versions'

describe('the account', () => {
  it('has a number and a name', async () => {
    const account = await system.client.account()
    expect(account).toMatchObject({ id: expect.any(Number), name: expect.stringMatching(/\S/) })
    expect(Number.isInteger(account.id)).toBe(true)
  })
})

describe('a public specification', () => {
  it('stands for a model that a worker has, with its labels', async () => {
    expect(await system.client.retrieve(`${tinySpec}/`)).toEqual({
      id: 'tiny-image',
      name: expect.stringMatching(/\S/),
      description: expect.any(String),
      update_date: time,
      metadata: expect.any(Object),
      outputs: [{ labels: { roi: 'NONE', exclusive: true, labels: labels.map((name, id) => ({ id, name })) } }],
    })
  })

  it('is in the list without its outputs', async () => {
    const list = await system.client.list('/recognition/public/', 'public=1')
    const { outputs: _, ...alone } = await system.client.retrieve(`${tinySpec}/`)
    expect(list.find(({ id }) => id === 'tiny-image')).toEqual(alone)
    for (const item of list) {
      expect(item.id).toMatch(/^[a-z0-9-]+$/)
      expect(item).not.toHaveProperty('current_version_id')
    }
  })
})

describe('an own specification', () => {
  it('is made with a number as its id, and read by it', async () => {
    const made = await createSpec(system.wire, { description: 'what color', metadata: { team: { size: 3 } } })
    expect(made).toEqual({
      id: expect.any(Number),
      name: 'colors',
      description: 'what color',
      update_date: time,
      metadata: { team: { size: 3 } },
      current_version_id: null,
      outputs,
    })
    expect(Number.isInteger(made.id)).toBe(true)
    expect(await system.client.retrieve(`${specs}/${made.id}/`)).toEqual(made)
  })

  it('has an empty description and no metadata when none is given', async () => {
    expect(await createSpec(system.wire)).toMatchObject({ description: '', metadata: {} })
  })

  it('is in the list without its outputs, over pages', async () => {
    const made = [await createSpec(system.wire), await createSpec(system.wire), await createSpec(system.wire)]
    const list = await system.client.list(`${specs}/`)
    const { outputs: _, ...alone } = made[1]
    expect(list.find(({ id }) => id === made[1].id)).toEqual(alone)
    for (const item of list) expect(item).not.toHaveProperty('outputs')
    const first = expectPage((await system.wire.get(`${specs}/?offset=0&limit=2`)).data)
    const second = expectPage((await system.wire.get(first.next as string)).data)
    expect([...first.results, ...second.results]).toEqual(list.slice(0, 4))
    expect(first.count).toBe(list.length)
  })

  it.each(['PATCH', 'PUT'])('changes its name, description and metadata with %s', async (method) => {
    const made = await createSpec(system.wire)
    const changes = { name: 'shades', description: 'd', metadata: { a: 1 } }
    const { status, data } = await system.wire.json(method, `${specs}/${made.id}/`, changes)
    expect([status, data]).toEqual([200, { ...made, ...changes, update_date: time }])
    expect(await system.client.retrieve(`${specs}/${made.id}/`)).toEqual(data)
  })

  it('keeps its outputs', async () => {
    const made = await createSpec(system.wire)
    const other = [{ labels: { roi: 'NONE', exclusive: false, labels: [{ id: 0, name: 'x' }] } }]
    const { status } = await system.wire.json('PATCH', `${specs}/${made.id}/`, { outputs: other })
    expect([200, 400]).toContain(status)
    expect((await system.client.retrieve(`${specs}/${made.id}/`)).outputs).toEqual(outputs)
  })

  it('is gone after its deletion, with its versions', async () => {
    const { id } = await createSpec(system.wire)
    const version = await createVersion(system, { spec_id: id })
    expect(await system.wire.send('DELETE', `${specs}/${id}/`)).toMatchObject({ status: 204, text: '' })
    expectError(await system.wire.get(`${specs}/${id}/`), 404)
    expectError(await system.wire.get(`${specs}/${id}/versions`), 404)
    expectError(await system.wire.get(`${versions}/${version.id}/`), 404)
    expectError(await system.wire.send('DELETE', `${specs}/${id}/`), 404)
    expectError(await system.wire.json('PATCH', `${specs}/${id}/`, { name: 'x' }), 404)
  })

  it.each([
    ['without a name', { outputs }],
    ['with an empty name', { name: '', outputs }],
    ['with a number as its name', { name: 5, outputs }],
    ['without outputs', { name: 'x' }],
    ['with no output', { name: 'x', outputs: [] }],
    ['with an output that is none', { name: 'x', outputs: [{ tags: [] }] }],
    [
      'with a roi that there is not',
      { name: 'x', outputs: [{ labels: { roi: 'CIRCLE', exclusive: true, labels: [] } }] },
    ],
    [
      'with labels without names',
      { name: 'x', outputs: [{ labels: { roi: 'NONE', exclusive: true, labels: [{ id: 1 }] } }] },
    ],
    ['with a list as metadata', { name: 'x', outputs, metadata: [] }],
  ])('%s is refused, and nothing is stored', async (_what, body) => {
    const { count } = (await system.wire.get(`${specs}/`)).data
    expectError(await system.wire.json('POST', `${specs}/`, body), 400)
    expect((await system.wire.get(`${specs}/`)).data.count).toBe(count)
  })
})
