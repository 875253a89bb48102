import { beforeAll, describe, expect, it } from 'vitest'
import { mediaBounds } from '../limits.ts'
import { audioRequest as audio, url, videoRequest as video } from '../testing/media-tasks.fixture.ts'
import { startTwelvelabs, type Twelvelabs } from '../testing/twelvelabs.fixture.ts'

let twelvelabs: Twelvelabs
beforeAll(async () => {
  twelvelabs = await startTwelvelabs()
})

const create = (body: unknown, of = twelvelabs) => of.call('POST', '/embed-v2/tasks', { body })

/** The task that comes of a request, and what a worker gets of it. */
async function created(body: unknown) {
  const answer = await create(body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202 })
  const [task] = await twelvelabs.tasks()
  if (!task) throw new Error('there is no task')
  return { answer, task, input: await twelvelabs.inputOf(task) }
}

describe('a task that is created', () => {
  it('is answered with its id before anything was done, and waits for a worker', async () => {
    const { answer, task } = await created(video())
    expect(answer.body).toEqual({ _id: expect.stringMatching(/^[0-9a-f]{24}$/), status: 'processing', data: null })
    expect(task).toMatchObject({
      ...{ job: 'embed.video', status: 'queued', queue: 'default', tags: ['twelvelabs'], user: twelvelabs.user.id },
    })
  })

  it('asks for all of a medium when nothing else is said, within the bounds of this language', async () => {
    const all = { model: 'marengo3.0', source: { url }, embedding_scopes: ['clip', 'asset'] }
    expect((await created(video())).input).toEqual({
      ...all,
      ...{ embedding_options: ['visual', 'audio', 'transcription'], embedding_types: ['separate_embedding'] },
      bounds: mediaBounds.task.video,
    })
    expect((await created(audio())).input).toEqual({
      ...all,
      ...{ embedding_options: ['audio', 'transcription'], embedding_types: ['separate_embedding'] },
      bounds: mediaBounds.task.audio,
    })
  })

  it('asks for what was said, in that order', async () => {
    const said = {
      ...{ start_sec: 0, end_sec: 12.5, segmentation: { strategy: 'fixed', fixed: { duration_sec: 5 } } },
      ...{ embedding_option: ['audio', 'visual'], embedding_scope: ['asset'] },
      embedding_type: ['fused_embedding', 'separate_embedding'],
    }
    expect((await created({ ...video(said), model_name: 'other-media' })).input).toMatchObject({
      ...{ model: 'other-media', start_sec: 0, end_sec: 12.5, segmentation: { strategy: 'fixed', duration_sec: 5 } },
      ...{ embedding_options: ['audio', 'visual'], embedding_scopes: ['asset'] },
      embedding_types: ['fused_embedding', 'separate_embedding'],
    })
    const dynamic = { strategy: 'dynamic', dynamic: { min_duration_sec: 2.5 } }
    expect((await created(video({ segmentation: dynamic }))).input).toMatchObject({
      segmentation: { strategy: 'dynamic', min_duration_sec: 2.5 },
    })
  })

  it.each([
    ['fields that nobody knows', { ...video({ more: 1 }), more: { x: 1 } }],
    ['the block of another input type', { ...video(), audio: { media_source: 'nonsense' } }],
    ['fields that are null', video({ start_sec: null, end_sec: null, segmentation: null, embedding_option: null })],
    [
      'a way of cutting that is not asked for',
      video({ segmentation: { strategy: 'fixed', fixed: { duration_sec: 1 }, dynamic: 7 } }),
    ],
    ['the shortest and the longest clips', video({ segmentation: { strategy: 'fixed', fixed: { duration_sec: 10 } } })],
    ['scenes of one second', video({ segmentation: { strategy: 'dynamic', dynamic: { min_duration_sec: 1 } } })],
    ['fused vectors of all options', audio({ embedding_type: ['fused_embedding'] })],
    ['no uncertainty', { ...video(), embedding_uncertainty: false }],
  ])('may have %s', async (_, body) => {
    expect((await create(body)).status).toBe(202)
  })
})

/** Code, field, and a part of what is said of it. */
type Refusal = readonly [code: string, ...says: string[]]
const missing = 'parameter_not_provided'
const invalid = 'parameter_invalid'

const refused: readonly (readonly [string, unknown, Refusal])[] = [
  ['no body', undefined, [missing, 'the body: is required']],
  ['a body that is no object', [], [invalid, 'the body: must be a JSON object']],
  ['null', null, [missing, 'the body']],
  ['nothing', {}, [missing, 'input_type: is required', 'one of audio, video', 'model_name: is required']],
  ['no input type', { model_name: 'marengo3.0' }, [missing, 'input_type:']],
  ['a type of another call', { ...video(), input_type: 'text' }, [invalid, 'input_type: must be one of audio, video']],
  ['a type of another model', { ...video(), input_type: 'image' }, [invalid, 'input_type: "image"', 'marengo3.5']],
  ['a type that is no text', { ...video(), input_type: 3 }, [invalid, 'input_type:']],
  ['no model', { ...video(), model_name: undefined }, [missing, 'model_name:']],
  ['an unknown model', { ...video(), model_name: 'x' }, [invalid, 'model_name:', 'marengo3.0, other-media']],
  ['uncertainty', { ...video(), embedding_uncertainty: true }, [invalid, 'embedding_uncertainty:', 'marengo3.5']],
  ['no block', { input_type: 'video', model_name: 'marengo3.0' }, [missing, 'video: is required']],
  ['the block of another type', { ...video(), input_type: 'audio' }, [missing, 'audio: is required']],
  ['a block that is no object', { ...video(), video: 'x' }, [invalid, 'video: must be an object']],
  ['no source', video({ media_source: undefined }), [missing, 'video.media_source: is required']],
  ['an empty source', video({ media_source: {} }), [invalid, 'video.media_source:', 'exactly one', 'none']],
  ['two sources', video({ media_source: { url, asset_id: 'x' } }), [invalid, 'video.media_source:', 'several']],
  ['a source that is a text', video({ media_source: url }), [invalid, 'video.media_source: must be an object']],
  [
    'an address of another kind',
    video({ media_source: { url: 'ftp://x/y' } }),
    [invalid, 'video.media_source.url:', 'http'],
  ],
  ['an address that is none', video({ media_source: { url: 'x' } }), [invalid, 'video.media_source.url:']],
  ['an empty address', video({ media_source: { url: '' } }), [invalid, 'video.media_source.url:']],
  [
    'an address that is no text',
    video({ media_source: { url: 7 } }),
    [invalid, 'video.media_source.url: must be a text'],
  ],
  ['no bytes', video({ media_source: { base64_string: '' } }), [invalid, 'video.media_source.base64_string:', 'empty']],
  ['a data URI', video({ media_source: { base64_string: 'data:video/mp4;base64,AAAA' } }), [invalid, 'plain base64']],
  ['bytes that are not base64', video({ media_source: { base64_string: 'AA*A' } }), [invalid, 'must be base64']],
  [
    'an unknown asset',
    video({ media_source: { asset_id: 'x' } }),
    [invalid, 'video.media_source.asset_id:', 'no asset'],
  ],
  ['a start below 0', video({ start_sec: -1 }), [invalid, 'video.start_sec:', '0 or more']],
  ['a start that is a text', video({ start_sec: '1' }), [invalid, 'video.start_sec:']],
  ['an end at the start', video({ start_sec: 3, end_sec: 3 }), [invalid, 'video.end_sec: must be above start_sec']],
  ['an end of 0', video({ end_sec: 0 }), [invalid, 'video.end_sec:']],
  [
    'no strategy',
    video({ segmentation: {} }),
    [missing, 'video.segmentation.strategy: is required: one of fixed, dynamic'],
  ],
  ['cuts that are a text', video({ segmentation: 'fixed' }), [invalid, 'video.segmentation: must be an object']],
  [
    'an unknown strategy',
    video({ segmentation: { strategy: 'x' } }),
    [invalid, 'video.segmentation.strategy:', 'fixed, dynamic'],
  ],
  ['no length', video({ segmentation: { strategy: 'fixed' } }), [missing, 'video.segmentation.fixed: is required']],
  [
    'no number',
    video({ segmentation: { strategy: 'fixed', fixed: {} } }),
    [missing, 'video.segmentation.fixed.duration_sec: is required'],
  ],
  ...[0, 11, 2.5, '5'].map(
    (duration_sec) =>
      [
        `clips of ${JSON.stringify(duration_sec)} seconds`,
        video({ segmentation: { strategy: 'fixed', fixed: { duration_sec } } }),
        [invalid, 'video.segmentation.fixed.duration_sec: must be a whole number from 1 to 10'],
      ] as const,
  ),
  ...[0.9, 5.1, '2'].map(
    (min_duration_sec) =>
      [
        `scenes of ${JSON.stringify(min_duration_sec)} seconds`,
        video({ segmentation: { strategy: 'dynamic', dynamic: { min_duration_sec } } }),
        [invalid, 'video.segmentation.dynamic.min_duration_sec: must be a number from 1 to 5'],
      ] as const,
  ),
  [
    'scenes of a recording',
    audio({ segmentation: { strategy: 'dynamic', dynamic: { min_duration_sec: 2 } } }),
    [invalid, 'audio.segmentation.strategy: must be one of fixed'],
  ],
  [
    'the later form of cuts',
    video({ segmentation: { temporal: { strategy: 'fixed', fixed: { duration_sec: 2 } } } }),
    ['', 'video.segmentation', 'marengo3.5'],
  ],
  [
    'both forms of cuts',
    video({ segmentation: { strategy: 'fixed', fixed: { duration_sec: 2 }, temporal: {} } }),
    [invalid, 'video.segmentation.temporal:', 'marengo3.5'],
  ],
  ['no option', video({ embedding_option: [] }), [invalid, 'video.embedding_option:', 'visual, audio, transcription']],
  ['an unknown option', video({ embedding_option: ['text'] }), [invalid, 'video.embedding_option[0]:']],
  [
    'pictures of a recording',
    audio({ embedding_option: ['visual'] }),
    [invalid, 'audio.embedding_option[0]: must be one of audio, transcription'],
  ],
  [
    'an option twice',
    video({ embedding_option: ['audio', 'audio'] }),
    [invalid, 'video.embedding_option:', 'each once'],
  ],
  [
    'an option that is no list',
    video({ embedding_option: 'audio' }),
    [invalid, 'video.embedding_option: must be a list'],
  ],
  ['no scope', video({ embedding_scope: [] }), [invalid, 'video.embedding_scope:', 'clip, asset']],
  [
    'a later scope',
    video({ embedding_scope: ['local'] }),
    [invalid, 'video.embedding_scope[0]: "local"', 'marengo3.5'],
  ],
  ['an unknown type', video({ embedding_type: ['x'] }), [invalid, 'video.embedding_type[0]:']],
  ['no type', video({ embedding_type: [] }), [invalid, 'video.embedding_type:']],
  [
    'fusing of one',
    video({ embedding_option: ['visual'], embedding_type: ['fused_embedding'] }),
    [invalid, 'video.embedding_type: fused_embedding needs two'],
  ],
  ['texts by time', video({ time_based_metadata: [] }), [invalid, 'video.time_based_metadata:', 'marengo3.5']],
]

describe('a task that is refused', () => {
  it.each(refused)('is so for %s, and says what would be right', async (_, body, [code, ...says]) => {
    const before = await twelvelabs.tasks()
    const answer = await create(body)
    expect(answer).toMatchObject({ status: 400, body: { code: expect.stringContaining(code) } })
    for (const part of says) expect(answer.body.message).toContain(part)
    expect(await twelvelabs.tasks()).toHaveLength(before.length)
  })
})
