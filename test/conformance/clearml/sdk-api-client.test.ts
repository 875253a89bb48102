import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exactly } from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
})
afterAll(() => system?.stop())

/** What `APIClient` makes of a service: `client.tasks.create(...)`, and lists whose items are such entities. */
const entities = [
  { service: 'tasks', entity: 'task', made: { name: 'an entity', type: 'testing' } },
  { service: 'queues', entity: 'queue', made: { name: 'an entity' } },
  { service: 'projects', entity: 'project', made: { name: 'an entity', description: 'of a client' } },
  { service: 'models', entity: 'model', made: { name: 'an entity', uri: 'file:///entity' } },
]

describe.each(entities)('APIClient().$service', ({ service, entity, made }) => {
  it('makes one, finds it in the list that is called like the service, and reads it whole', async () => {
    const { id } = await sdk.ok(`${service}.create`, made)
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    const listed = (await sdk.ok(`${service}.get_all`, { name: exactly('an entity') }))[service]
    expect(listed).toMatchObject([{ id, ...made, company: expect.any(String), created: expect.any(String) }])
    const whole = (await sdk.ok(`${service}.get_by_id`, { [entity]: id }))[entity]
    expect(whole).toEqual(listed[0])
  })

  it('lists only the fields that are asked for, and always the id', async () => {
    const request = { name: exactly('an entity'), only_fields: ['id', 'name'] }
    expect((await sdk.ok(`${service}.get_all`, request))[service]).toEqual([
      { id: expect.any(String), name: 'an entity' },
    ])
  })

  it('lists page by page', async () => {
    const list = async (page: number) => (await sdk.ok(`${service}.get_all`, { page, page_size: 1 }))[service]
    expect(await list(0)).toHaveLength(1)
    expect(await list(1_000)).toEqual([])
  })

  it('raises with the code of the refusal for what is not there', async () => {
    const { status, subcode, data } = await sdk.call(`${service}.get_by_id`, { [entity]: 'f'.repeat(32) })
    expect([status, data]).toEqual([400, {}])
    expect(subcode).toBeGreaterThan(0)
  })
})

describe('APIClient().users', () => {
  it('lists people, and reads one', async () => {
    await system.colleague('somebody else')
    const { users } = await sdk.ok('users.get_all', { only_fields: ['id', 'name'], order_by: ['name'] })
    const found = users.find(({ name }: { name: string }) => name === 'somebody else')
    expect(found).toEqual({ id: expect.any(String), name: 'somebody else' })
    expect((await sdk.ok('users.get_by_id', { user: found.id })).user).toMatchObject(found)
  })
})

describe('APIClient().workers', () => {
  it('lists the workers that have reported', async () => {
    const { id: queue } = await sdk.ok('queues.create', { name: 'watched' })
    await sdk.ok('workers.register', { worker: 'machine:gpu0', queues: [queue] })
    const { workers } = await sdk.ok('workers.get_all')
    expect(workers).toMatchObject([{ id: 'machine:gpu0', queues: [{ id: queue, name: 'watched' }] }])
  })
})

describe('APIClient().queues', () => {
  it('knows the default queue', async () => {
    const { id, name } = await sdk.ok('queues.get_default')
    expect((await sdk.ok('queues.get_by_id', { queue: id })).queue).toMatchObject({ id, name })
  })
})
