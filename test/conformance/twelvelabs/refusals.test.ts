import { TwelvelabsApi } from 'twelvelabs-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectRefusal } from '../../lib/twelvelabs/expect-refusal.ts'
import { modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

let system: TwelvelabsSystem
beforeAll(async () => {
  // Nothing runs here: what is refused is refused by the api alone.
  system = await startTwelvelabs({ worker: null, api: { INFERQ_QUEUE_CAPACITY: '30' } })
})
afterAll(() => system?.stop())

const url = 'http://media.example/v.mp4'
const media_source = { url }
const block = (more: object = {}) => ({ media_source, ...more })
const ofVideo = (more: object = {}) => ({ input_type: 'video', model_name: modelName, video: block(more) })
const ofAudio = (more: object = {}) => ({ input_type: 'audio', model_name: modelName, audio: block(more) })
const fixed = (duration_sec: unknown) => ({ segmentation: { strategy: 'fixed', fixed: { duration_sec } } })
const dynamic = (min_duration_sec: unknown) => ({
  segmentation: { strategy: 'dynamic', dynamic: { min_duration_sec } },
})

const provided = 'parameter_not_provided'
const invalid = 'parameter_invalid'

describe('creating a task is refused with 400, naming the field, and stores nothing', () => {
  it.each<[string, unknown, string, RegExp]>([
    ['no input_type', { model_name: modelName, video: block() }, provided, /input_type/],
    ['no model_name', { input_type: 'video', video: block() }, provided, /model_name/],
    ['no block', { input_type: 'video', model_name: modelName }, provided, /video/],
    ['the block of another type', { ...ofVideo(), input_type: 'audio' }, provided, /audio/],
    ['an empty block', { ...ofVideo(), video: {} }, provided, /media_source/],
    ['a block that is a list', { ...ofVideo(), video: [] }, invalid, /video/],
    ['a block that is a text', { ...ofVideo(), video: url }, invalid, /video/],
    ['an unknown input_type', { ...ofVideo(), input_type: 'smell' }, invalid, /input_type/],
    ['an input_type in capitals', { ...ofVideo(), input_type: 'VIDEO' }, invalid, /input_type/],
    ['a type that is embedded only at once', { input_type: 'text', model_name: modelName }, invalid, /input_type/],
    ['an unknown model', { ...ofVideo(), model_name: 'marengo9' }, invalid, /model_name.*marengo3/],
    ['a model that is a number', { ...ofVideo(), model_name: 3 }, invalid, /model_name/],
    ['no source', ofVideo({ media_source: {} }), invalid, /media_source/],
    ['two sources', ofVideo({ media_source: { url, asset_id: 'a'.repeat(24) } }), invalid, /media_source/],
    ['an odd address', ofVideo({ media_source: { url: 'ftp://media.example/v.mp4' } }), invalid, /url/],
    ['no address', ofVideo({ media_source: { url: '' } }), invalid, /url/],
    ['an address that is a number', ofVideo({ media_source: { url: 7 } }), invalid, /url/],
    ['what is no base64', ofVideo({ media_source: { base64_string: 'not base64!' } }), invalid, /base64_string/],
    ['base64 of nothing', ofVideo({ media_source: { base64_string: '' } }), invalid, /base64_string/],
    [
      'a data URI',
      ofVideo({ media_source: { base64_string: 'data:video/mp4;base64,AAAA' } }),
      invalid,
      /base64_string/,
    ],
    ['an unknown asset', ofVideo({ media_source: { asset_id: 'f'.repeat(24) } }), invalid, /asset/],
    ['a start below zero', ofVideo({ start_sec: -1 }), invalid, /start_sec/],
    ['a start that is a text', ofVideo({ start_sec: '1' }), invalid, /start_sec/],
    ['an end before the start', ofVideo({ start_sec: 5, end_sec: 4 }), invalid, /end_sec/],
    ['an end at the start', ofVideo({ start_sec: 5, end_sec: 5 }), invalid, /end_sec/],
    ['segmentation that is a text', ofVideo({ segmentation: 'fixed' }), invalid, /segmentation/],
    ['an unknown strategy', ofVideo({ segmentation: { strategy: 'magic' } }), invalid, /strategy/],
    ['a strategy without its part', ofVideo({ segmentation: { strategy: 'fixed' } }), provided, /fixed/],
    ['no strategy', ofVideo({ segmentation: { fixed: { duration_sec: 4 } } }), provided, /strategy/],
    ['clips of no length', ofVideo(fixed(0)), invalid, /duration_sec/],
    ['clips that are too long', ofVideo(fixed(11)), invalid, /duration_sec/],
    ['clips of half seconds', ofVideo(fixed(2.5)), invalid, /duration_sec/],
    ['a length that is a text', ofVideo(fixed('4')), invalid, /duration_sec/],
    ['scenes that are too short', ofVideo(dynamic(0.5)), invalid, /min_duration_sec/],
    ['scenes that are too long', ofVideo(dynamic(6)), invalid, /min_duration_sec/],
    ['scenes of a recording', ofAudio(dynamic(4)), invalid, /segmentation|strategy/],
    [
      'segmentation of a later model',
      ofVideo({ segmentation: { temporal: dynamic(4).segmentation } }),
      provided,
      /segm/,
    ],
    ['no options', ofVideo({ embedding_option: [] }), invalid, /embedding_option/],
    ['an unknown option', ofVideo({ embedding_option: ['visual', 'smell'] }), invalid, /embedding_option/],
    ['an option twice', ofVideo({ embedding_option: ['visual', 'visual'] }), invalid, /embedding_option/],
    ['options that are a text', ofVideo({ embedding_option: 'visual' }), invalid, /embedding_option/],
    ['what a recording has not', ofAudio({ embedding_option: ['visual'] }), invalid, /embedding_option/],
    ['an unknown scope', ofVideo({ embedding_scope: ['page'] }), invalid, /embedding_scope/],
    ['no scope', ofVideo({ embedding_scope: [] }), invalid, /embedding_scope/],
    ['an unknown type', ofVideo({ embedding_type: ['mixed'] }), invalid, /embedding_type/],
    [
      'one option to fuse',
      ofVideo({ embedding_option: ['visual'], embedding_type: ['fused_embedding'] }),
      invalid,
      /embedding_(type|option)/,
    ],
  ])('%s', async (_what, body, code, message) => {
    expectRefusal(await system.raw.post('/embed-v2/tasks', body), 400, code, message)
    expect(await system.countTasks()).toBe(0)
  })
})

describe('a body that cannot be read is 400', () => {
  it.each([
    ['cut off', '{"input_type": "vid'],
    ['no JSON', 'input_type=video'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', '"video"'],
    ['null', 'null'],
    ['a number', '7'],
    ['in the depths of brackets', '['.repeat(100_000)],
  ])('%s', async (_what, body) => {
    for (const path of ['/embed-v2/tasks', '/embed-v2']) {
      const { status, data } = await system.raw.post(path, body)
      expect({ status, code: data.code }).toEqual({ status: 400, code: expect.stringMatching(/^parameter_/) })
    }
    expect(await system.countTasks()).toBe(0)
  })

  it('with a key that would change every object', async () => {
    const body = '{"__proto__": {"input_type": "video"}, "model_name": "marengo3.0"}'
    expect((await system.raw.post('/embed-v2/tasks', body)).status).toBe(400)
  })

  it('of another type than JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type }
      expect((await system.raw.post('/embed-v2/tasks', JSON.stringify(ofVideo()), { headers })).status).toBe(400)
    }
  })
})

describe('a medium as base64', () => {
  it('of 37 MB is too large: 400, and nothing is stored', async () => {
    const base64_string = Buffer.alloc(37 * 1024 ** 2).toString('base64')
    const answer = await system.raw.post('/embed-v2/tasks', ofVideo({ media_source: { base64_string } }))
    expectRefusal(answer, 400, invalid, /base64_string/)
    expect(await system.countTasks()).toBe(0)
  })

  it('beyond what a body may be is 400 too', async () => {
    const base64_string = 'A'.repeat(66 * 1024 ** 2)
    const answer = await system.raw.post('/embed-v2/tasks', ofVideo({ media_source: { base64_string } }))
    expect(answer.status).toBe(400)
  })
})

describe('the rules of the contract that let more through than their words', () => {
  it('take unknown fields, blocks of other types and what is null for what is not there', async () => {
    for (const body of [
      { ...ofVideo(), anything: true },
      { ...ofVideo({ anything: [1] }), audio: 'of another type' },
      ofVideo({ start_sec: null, end_sec: null, segmentation: null, embedding_option: null }),
      ofVideo(fixed(1)),
      ofVideo(dynamic(1.5)),
      ofVideo({ end_sec: 1e6 }),
      ofAudio({ embedding_option: ['transcription'] }),
    ]) {
      expect((await system.raw.post('/embed-v2/tasks', body)).status).toBe(202)
    }
  })
})

describe('a refusal reaches callers of the official client as its own kind of error', () => {
  it('400 on create, at once and as a task', async () => {
    const { v2 } = system.client.embed
    const errors = await Promise.all([
      v2.tasks.create({ inputType: 'video', modelName }).catch((caught: unknown) => caught),
      v2.create({ inputType: 'video', modelName }).catch((caught: unknown) => caught),
    ])
    for (const error of errors) {
      expect(error).toBeInstanceOf(TwelvelabsApi.BadRequestError)
      expect(error).toMatchObject({
        statusCode: 400,
        body: { code: provided, message: expect.stringMatching(/video/) },
      })
    }
  })

  it('400 on list', async () => {
    const error = await system.client.embed.v2.tasks.list({ status: 'sleeping' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(TwelvelabsApi.BadRequestError)
    expect(error).toMatchObject({ statusCode: 400, body: { code: invalid, message: expect.stringMatching(/status/) } })
  })

  it('429 when the queue is full; it then comes again by itself, as often as its caller lets it', async () => {
    const { tasks } = system.client.embed.v2
    const create = (maxRetries: number) =>
      tasks
        .create({ inputType: 'video', modelName, video: { mediaSource: { url } } }, { maxRetries })
        .then(() => null)
        .catch((caught: unknown) => caught)
    let error: unknown = null
    for (let n = 0; n <= 30 && error === null; n++) error = await create(0)
    expect(error).toBeInstanceOf(TwelvelabsApi.TooManyRequestsError)
    expect(error).toMatchObject({ statusCode: 429, body: { code: 'too_many_requests' } })
    const before = system.wire.requests.length
    await create(1)
    expect(system.wire.requests.length - before).toBe(2)
  })
})
