import { postgresAvailable } from '@inferq/testkit'
import { TwelvelabsApi, TwelvelabsApiError } from 'twelvelabs-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal } from '../../lib/twelvelabs/expect-refusal.ts'
import { modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

let system: TwelvelabsSystem
beforeAll(async () => {
  system = await startTwelvelabs({ worker: null })
})
afterAll(() => system?.stop())

const url = 'http://media.example/v.mp4'
const ofVideo = { input_type: 'video', model_name: modelName, video: { media_source: { url } } }

describe('a key', () => {
  const everything = [
    ['GET', '/embed-v2/tasks'],
    ['POST', '/embed-v2/tasks'],
    ['GET', `/embed-v2/tasks/${'a'.repeat(24)}`],
    ['POST', '/embed-v2'],
    ['POST', '/assets'],
    ['GET', `/assets/${'a'.repeat(24)}`],
    ['GET', '/no/such/path'],
  ] as const

  it.each(everything)('that is missing, wrong or empty is 401: %s %s', async (method, path) => {
    const body = method === 'POST' ? ofVideo : undefined
    for (const key of [null, 'wrong', '', 'Bearer x']) {
      expectRefusal(await system.raw.send(method, path, body, { key }), 401, 'api_key_invalid')
    }
  })

  it('is asked for before the body is looked at', async () => {
    expectRefusal(await system.raw.post('/embed-v2/tasks', '{"input', { key: null }), 401, 'api_key_invalid')
  })

  it('that is wrong is an error of the official client, with its body', async () => {
    const { tasks } = system.clientOf('wrong').embed.v2
    const error = await tasks.list().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TwelvelabsApiError)
    expect(error).toMatchObject({ statusCode: 401, body: { code: 'api_key_invalid' } })
  })

  it.runIf(postgresAvailable())('of another company sees no task and no asset of this one', async () => {
    const { data } = await system.raw.post('/embed-v2/tasks', ofVideo)
    const asset = await system.client.assets.create({ method: 'url', url })
    const foreign = system.clientOf(await system.foreignKey())
    await expect(foreign.embed.v2.tasks.retrieve(data._id)).rejects.toBeInstanceOf(TwelvelabsApi.NotFoundError)
    expect((await foreign.embed.v2.tasks.list()).data).toEqual([])
    await expect(foreign.assets.retrieve(asset.id ?? '')).rejects.toBeInstanceOf(TwelvelabsApi.NotFoundError)
    const video = { mediaSource: { assetId: asset.id ?? '' } }
    const used = foreign.embed.v2.tasks.create({ inputType: 'video', modelName, video })
    await expect(used).rejects.toMatchObject({ statusCode: 400, body: { code: 'parameter_invalid' } })
    expect(await system.client.embed.v2.tasks.retrieve(data._id)).toMatchObject({ id: data._id })
  })
})

describe('what is not there is 404', () => {
  it.each([
    'a'.repeat(24),
    '0'.repeat(24),
    'f'.repeat(24),
    'A'.repeat(24),
    '1',
    'x',
    'null',
    '-1',
    '1.5',
    'ä ö',
    "' or 1=1",
    'a/b',
    '../assets',
    '%',
    '\u0000',
    'a'.repeat(500),
  ])('a task: %j', async (id) => {
    const error = await system.client.embed.v2.tasks.retrieve(id).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TwelvelabsApi.NotFoundError)
    expect(error).toMatchObject({
      statusCode: 404,
      body: { code: 'resource_not_exist', message: expect.stringMatching(/\S/) },
    })
  })

  it('a task that came over another language, or with another time in its id', async () => {
    const { data } = await system.raw.post('/embed-v2/tasks', ofVideo)
    const number = data._id.slice(8)
    const later = (Number.parseInt(data._id.slice(0, 8), 16) + 1).toString(16).padStart(8, '0')
    for (const id of [
      `${later}${number}`,
      `00000000${number}`,
      `${data._id}0`,
      data._id.toUpperCase().replace(/^./, 'G'),
    ]) {
      expectRefusal(await system.raw.get(`/embed-v2/tasks/${id}`), 404, 'resource_not_exist')
    }
    const native = await system.inferq.client.submit({ job: 'echo', input: {} })
    const time = Math.floor(Date.parse(native.created_at) / 1_000).toString(16)
    const id = `${time.padStart(8, '0')}${native.number.toString(16).padStart(16, '0')}`
    expectRefusal(await system.raw.get(`/embed-v2/tasks/${id}`), 404, 'resource_not_exist')
  })

  it.each([
    ['GET', '/'],
    ['GET', '/nothing'],
    ['GET', '/embed-v2'],
    ['POST', '/embed-v2/tasks/a'],
    ['DELETE', `/embed-v2/tasks/${'a'.repeat(24)}`],
    ['PUT', '/embed-v2'],
    ['POST', '/embed/tasks'],
    ['GET', '/indexes'],
  ])('an endpoint: %s %s', async (method, path) => {
    expectRefusal(await system.raw.send(method, path), 404, 'endpoint_not_exists')
  })
})
