import { priorities } from '@inferq/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { mediaBounds } from '../limits.ts'
import { clip, resultOf } from '../testing/media-tasks.fixture.ts'
import { ask, askOf, model_name, url, vector } from '../testing/sync.fixture.ts'
import { startTwelvelabs, type Twelvelabs } from '../testing/twelvelabs.fixture.ts'

const entry = {
  ...{ embedding: vector, embedding_option: null, embedding_scope: null, start_sec: null, end_sec: null },
}
const one = { model: model_name, embeddings: [vector] }
const combined = { model: model_name, embedding: vector }
const bounds = { min_width: 128, min_height: 128, formats: ['jpeg', 'png'] }
const image = { source: { url }, bounds }

describe('an embedding that is waited for', () => {
  it('is a task that is served before others and is on no list', async () => {
    const { twelvelabs, task, end } = await ask({
      ...{ input_type: 'video', video: { media_source: { url } } },
    })
    expect(task).toMatchObject({
      ...{ job: 'embed.video', priority: priorities.first, queue: 'default', user: twelvelabs.user.id },
      tags: ['twelvelabs', 'twelvelabs-sync'],
    })
    await end(resultOf([]))
    expect(await twelvelabs.ok('GET', '/embed-v2/tasks')).toMatchObject({ data: [], page_info: { total_results: 0 } })
  })

  it('of a text is one vector, and says nothing more', async () => {
    const { input, end } = await ask({ input_type: 'text', text: { input_text: 'a dog runs' }, auto_truncate: false })
    expect(input).toEqual({ texts: ['a dog runs'], model: model_name })
    const answer = await end(one)
    expect(answer).toMatchObject({ status: 200 })
    expect(answer.body).toEqual({ data: [entry] })
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.headers.get('x-api-version')).toBe('1.3')
  })

  it('of an image is one vector, and says of which', async () => {
    const { task, input, end } = await ask({ input_type: 'image', image: { media_source: { url } } })
    expect([task.job, input]).toEqual(['embed.image', { images: [image], model: model_name }])
    const { body } = await end(one)
    expect(body).toEqual({ data: [entry], metadata: { input_type: 'image', input_url: url } })
  })

  it('of an image with a text is one vector of both', async () => {
    const text_image = { media_source: { url }, input_text: 'red' }
    const { task, input, end } = await ask({ input_type: 'text_image', text_image })
    expect([task.job, input]).toEqual(['embed.combined', { text: 'red', images: [image], model: model_name }])
    const { body } = await end(combined)
    expect(body).toEqual({ data: [entry], metadata: { input_type: 'text_image', input_url: url } })
  })

  it('of several images is one vector of all, whichever of them the text speaks of', async () => {
    const media_sources = [
      { media_type: 'image', name: 'a shirt', url },
      { media_type: 'image', base64_string: 'AAAA' },
    ]
    const multi_input = { input_text: 'like <@a shirt> , but\nred', media_sources }
    const { task, input, end } = await ask({ input_type: 'multi_input', multi_input })
    const images = [image, { source: { base64: 'AAAA' }, bounds }]
    expect([task.job, input]).toEqual(['embed.combined', { text: 'like , but red', images, model: model_name }])
    const { body } = await end(combined)
    expect(body).toEqual({ data: [entry], metadata: { input_type: 'multi_input' } })
  })

  it('of images alone has no text, also where that only names them', async () => {
    const media_sources = [{ media_type: 'image', name: 'a', url }]
    for (const multi_input of [{ media_sources }, { media_sources, input_text: ' <@a> ' }]) {
      const { input, end } = await ask({ input_type: 'multi_input', multi_input })
      expect(input).toEqual({ images: [image], model: model_name })
      await end(combined)
    }
  })

  it.each([
    ['video', ['visual', 'audio', 'transcription']],
    ['audio', ['audio', 'transcription']],
  ] as const)('of a medium is what a task of it would answer: %s', async (kind, embedding_options) => {
    const block = { media_source: { url }, start_sec: 1, end_sec: 9 }
    const { task, input, end } = await ask({ input_type: kind, [kind]: block })
    expect(task.job).toBe(`embed.${kind}`)
    expect(input).toMatchObject({ source: { url }, model: model_name, bounds: mediaBounds.sync[kind] })
    const embeddings = [clip(), clip({ embedding_scope: 'asset', end_sec: 12.5 })]
    const { body } = await end(resultOf(embeddings))
    expect(body).toEqual({
      data: embeddings,
      metadata: {
        ...{ input_type: kind, input_url: url, embedding_options, embedding_scopes: ['clip', 'asset'] },
        ...{ duration: 12.5, start_offset_sec: 1, end_offset_sec: 9 },
      },
    })
  })

  it('of a medium without anything to embed is an empty list', async () => {
    const { end } = await ask({ input_type: 'audio', audio: { media_source: { url } } })
    expect((await end(resultOf([]))).body.data).toEqual([])
  })

  it('reads an image from an asset, or from a file when it came with the request and is large', async () => {
    const twelvelabs = await startTwelvelabs()
    const form = new FormData()
    form.append('method', 'direct')
    form.append('file', new Blob(['an image']), 'a b.png')
    const { _id: asset_id } = await twelvelabs.ok('POST', '/assets', { raw: form })
    const ofAsset = await askOf(twelvelabs, { input_type: 'image', image: { media_source: { asset_id } } })
    const file = `artifacts/${twelvelabs.company}/assets/${asset_id}/a%20b.png`
    expect(ofAsset.input).toMatchObject({ images: [{ source: { file } }] })
    const { metadata } = (await ofAsset.end(one)).body
    expect(metadata).toEqual({ input_type: 'image', input_filename: 'a b.png' })

    const bytes = Buffer.alloc(100_000, 7)
    const large = await ask({
      ...{ input_type: 'image', image: { media_source: { base64_string: bytes.toString('base64') } } },
    })
    const key = `inputs/${large.task.id}/0`
    expect(large.input).toMatchObject({ images: [{ source: { file: key } }] })
    const stored = await large.twelvelabs.files.read(key)
    expect(Buffer.concat(await Array.fromAsync(stored?.body ?? []))).toEqual(bytes)
    expect((await large.end(one)).body.metadata).toEqual({ input_type: 'image' })
  })
})

describe('a request that is refused', () => {
  let twelvelabs: Twelvelabs
  beforeAll(async () => {
    twelvelabs = await startTwelvelabs()
  })
  const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ')
  const source = { media_type: 'image', url }
  const text = (input_text: unknown) => ({ input_type: 'text', text: { input_text } })
  const images = (media_sources: unknown, input_text?: string) => ({
    ...{ input_type: 'multi_input', multi_input: { media_sources, input_text } },
  })

  it.each<[string, object, string]>([
    ['no input type', { text: { input_text: 'a' } }, 'input_type'],
    ['no model', { ...text('a'), model_name: undefined }, 'model_name'],
    ['no block', { input_type: 'text' }, 'text'],
    ['the block of another type', { input_type: 'image', text: { input_text: 'a' } }, 'image'],
    ['no text', { input_type: 'text', text: {} }, 'text.input_text'],
    ['no text beside an image', { input_type: 'text_image', text_image: { media_source: { url } } }, 'input_text'],
    ['no image beside a text', { input_type: 'text_image', text_image: { input_text: 'a' } }, 'media_source'],
    ['no sources', { input_type: 'multi_input', multi_input: { input_text: 'a' } }, 'media_sources'],
  ])('for %s misses it', async (_what, body, field) => {
    expect(await twelvelabs.call('POST', '/embed-v2', { body: { model_name, ...body } })).toMatchObject({
      ...{ status: 400, body: { code: 'parameter_not_provided', message: expect.stringContaining(`${field}:`) } },
    })
  })

  it.each<[string, object, string]>([
    ['another input type', { input_type: 'fused' }, 'input_type'],
    ['another model', { ...text('a'), model_name: 'marengo3.5' }, 'model_name'],
    ['a text that is none', text(7), 'text.input_text'],
    ['an empty text', text(' \n'), 'text.input_text'],
    ['a text of too many words', text(words(501)), 'tokens'],
    ['a text of too many marks', text('?!'.repeat(251)), 'tokens'],
    ['a text without spaces', text('語'.repeat(501)), 'tokens'],
    ['a text of nothing but space', text(' a'.padEnd(30_000)), 'characters'],
    ['no source at all', { input_type: 'image', image: { media_source: {} } }, 'image.media_source'],
    ['two sources', { input_type: 'image', image: { media_source: { url, asset_id: 'a' } } }, 'image.media_source'],
    ['an unknown asset', { input_type: 'image', image: { media_source: { asset_id: 'a' } } }, 'asset_id'],
    ['sources that are none', images([]), 'media_sources'],
    ['eleven sources', images(Array.from({ length: 11 }, () => source)), 'media_sources'],
    ['a source of another type', images([{ ...source, media_type: 'video' }]), 'media_sources[0].media_type'],
    [
      'two sources of a name',
      images([
        { ...source, name: 'a' },
        { ...source, name: 'a' },
      ]),
      'media_sources',
    ],
    ['a reference to nothing', images([{ ...source, name: 'a' }], 'like <@b>'), '<@b>'],
    ['a reference to no name', images([source], 'like <@>'), '<@>'],
    ['a part of a later model', { ...text('a'), auto_truncate: true }, 'auto_truncate'],
    ['a wrong window', { input_type: 'video', video: { media_source: { url }, start_sec: 2, end_sec: 1 } }, 'end_sec'],
  ])('for %s says so', async (_what, body, named) => {
    expect(await twelvelabs.call('POST', '/embed-v2', { body: { model_name, ...body } })).toMatchObject({
      ...{ status: 400, body: { code: 'parameter_invalid', message: expect.stringContaining(named) } },
    })
  })

  it('has made no task and left no file', async () => {
    const large = { media_type: 'image', base64_string: Buffer.alloc(100_000).toString('base64') }
    const body = { model_name, ...images([large, { media_type: 'image', asset_id: 'none' }]) }
    expect((await twelvelabs.call('POST', '/embed-v2', { body })).status).toBe(400)
    expect(await twelvelabs.tasks()).toEqual([])
  })

  it('is not refused for as many words as may be', async () => {
    const { end } = await ask(text(words(500)))
    expect((await end(one)).status).toBe(200)
  })
})
