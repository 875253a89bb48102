import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultAudioModel, parseMediaModels, parseModels } from '@inferq/contracts'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createEngines, type Engines, type EnginesOptions } from '../engines.ts'
import { tinyAudioDimensions, writeTinyAudioModel } from '../models/tiny-audio-model.ts'
import { tinyClipDimensions, writeTinyClipModel } from '../models/tiny-clip-model.ts'
import { writeTinySpeechModel } from '../models/tiny-speech-model.ts'
import { startEmbeddingsServer } from '../testing/embeddings-server.ts'
import { plain, red } from '../testing/images.ts'
import { makeModelsDir, removeModelsDir } from '../testing/model-folders.ts'
import { hush, tone } from '../testing/sounds.ts'

const signal = new AbortController().signal
const modelsDir = await makeModelsDir()
await writeTinyClipModel(join(modelsDir, 'tiny-clip'))
await writeTinyAudioModel(join(modelsDir, 'tiny-audio'))
await writeTinySpeechModel(join(modelsDir, 'tiny-speech'))
afterAll(() => removeModelsDir(modelsDir))

let engines: Engines
afterEach(() => engines.close())
function open(media: string, settings: Partial<EnginesOptions> = {}) {
  engines = createEngines({
    models: parseModels('texts=tiny-clip'),
    imageModels: parseModels('images=tiny-clip'),
    audioModels: parseModels('sounds=tiny-audio'),
    speechModels: parseModels('words=tiny-speech'),
    mediaModels: parseMediaModels(media),
    modelsDir,
    onnx: { device: 'cpu', intraOpThreads: 1, allowRemote: false },
    ...settings,
  })
}

const jobsOf = (name: string) => engines.describe().flatMap((model) => (model.name === name ? [model.job] : []))

describe('a media model', () => {
  it('gives vectors of one length, in which zeros follow on those of its parts', async () => {
    open('all=20,text=texts,image=images,audio=sounds,speech=words')
    const bytes = await plain(red).png().toBuffer()
    const sound = tone(440, 1, 48_000)
    const vectorsOf = async (name: 'all' | undefined) => [
      ...(await (await engines.text(name)).embed(['red'], { signal })).embeddings,
      ...(await (await engines.image(name)).embed([{ bytes }], { signal })).embeddings,
      ...(await (await engines.audio(name)).embed([sound], { signal })).embeddings,
    ]
    const own = await vectorsOf(undefined)
    expect(own.map((vector) => vector.length)).toEqual([tinyClipDimensions, tinyClipDimensions, tinyAudioDimensions])
    const padded = await vectorsOf('all')
    for (const [i, vector] of padded.entries()) {
      const short = [...(own[i] ?? [])]
      expect([...vector]).toEqual([...short, ...Array(20 - short.length).fill(0)])
    }
    const ofMedia = { model: 'all', engine: 'onnx', device: 'cpu', dimensions: 20 }
    expect(await engines.image('all')).toMatchObject(ofMedia)
    expect(await engines.audio('all')).toMatchObject({ ...ofMedia, sampleRate: 48_000 })
    const { texts } = await (await engines.speech('all')).transcribe([hush(1, 16_000), tone(300, 1, 16_000)], {
      signal,
    })
    expect(texts).toEqual(['', 'low'])
  })

  it('is found by name, and the first without one', () => {
    open('a=20,text=texts;b=30,image=images')
    expect(engines.media()).toEqual({ name: 'a', dimensions: 20, text: 'texts' })
    expect(engines.media('b')).toEqual({ name: 'b', dimensions: 30, image: 'images' })
    expect(() => engines.media('c')).toThrow('there is no model "c"; this worker has: a, b')
  })

  it('is described, once it is loaded, by what its parts can do', async () => {
    open('all=20,text=texts,image=images,audio=sounds;seen=20,image=images;said=20,speech=words,text=texts')
    expect(jobsOf('all')).toEqual([])
    await engines.warmUp()
    expect(jobsOf('all')).toEqual(['embed.text', 'embed.image', 'embed.combined', 'embed.audio', 'embed.video'])
    expect(jobsOf('seen')).toEqual(['embed.image', 'embed.video'])
    expect(jobsOf('said')).toEqual(['embed.text', 'embed.audio', 'embed.video'])
    expect(jobsOf('images')).toContain('embed.image')
    const [first] = engines.describe().filter(({ name }) => name === 'all')
    expect(first).toEqual({ name: 'all', job: 'embed.text', engine: 'media', device: 'cpu' })
  })

  it('that lacks a part is MODEL_UNKNOWN for what the part would do, and says so', async () => {
    open('seen=20,image=images')
    const refusal = { code: 'MODEL_UNKNOWN', message: 'the media model "seen" has no part for audio' }
    await expect(engines.audio('seen')).rejects.toMatchObject(refusal)
    await expect(engines.speech('seen')).rejects.toMatchObject({ message: expect.stringContaining('for speech') })
    await expect(engines.audio('other')).rejects.toMatchObject({ code: 'MODEL_UNKNOWN' })
  })

  it.each(['text=texts', 'image=images', 'audio=sounds'])(
    'that is too short for the vectors of %s does not load, and says both lengths',
    async (part) => {
      open(`short=2,${part}`)
      await expect(engines.warmUp()).rejects.toMatchObject({
        code: 'MODEL_LOAD_FAILED',
        message: expect.stringMatching(/gives vectors of \d+ numbers, more than the 2 that are set for it/),
      })
    },
  )

  it('whose part is not among the models does not load, and says which', async () => {
    open('odd=20,text=texts,image=other')
    await expect(engines.warmUp()).rejects.toThrow(
      'the image part "other" of the media model "odd" is none of the image models of this worker',
    )
  })

  it('goes without a built-in part that does not load, and says so to those who ask for it', async () => {
    // A file in the place of the folder that the built-in model would be written into.
    const noDir = join(modelsDir, 'no-folder')
    await writeFile(noDir, '')
    const warnings: object[] = []
    const far = await startEmbeddingsServer()
    open(`all=40,text=texts,audio=${defaultAudioModel}`, {
      models: parseModels(`texts=${far.baseUrl}`),
      ...{ imageModels: [], speechModels: [], audioModels: parseModels(defaultAudioModel), modelsDir: noDir },
      log: { info: () => {}, warn: (fields) => warnings.push(fields) },
    })
    await engines.warmUp()
    expect(warnings).toMatchObject([{ model: defaultAudioModel, err: { code: 'MODEL_LOAD_FAILED' } }])
    expect(jobsOf('all')).toEqual(['embed.text'])
    await expect(engines.audio('all')).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
    await far.close()
  })

  it('that nobody asked for goes without a part that does not fit', async () => {
    const mediaModels = parseMediaModels(`usual=${tinyClipDimensions - 1},text=texts`).map((model) => ({
      ...model,
      isOptional: true as const,
    }))
    open('', { mediaModels })
    await engines.warmUp()
    await expect(engines.text('usual')).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
    expect(jobsOf('usual')).toEqual([])
  })

  it('leaves its parts as they are when it is closed, and is closed with the engines', async () => {
    open('all=20,audio=sounds')
    const audio = await engines.audio('all')
    await audio.close()
    expect(await audio.health()).toBe('ready')
    await engines.close()
    expect(await audio.health()).toBe('down')
    await expect(engines.audio('all')).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
  })
})
