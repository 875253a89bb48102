import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

const mediaModels = (env: NodeJS.ProcessEnv) => readConfig(env).engines.mediaModels

describe('the media model that nobody set', () => {
  it('is made of the models that come with Inferq', () => {
    expect(mediaModels({})).toEqual([
      {
        ...{ name: 'marengo3.0', dimensions: 512, isOptional: true },
        ...{ text: 'use-lite-en', image: 'coco-objects', audio: 'speech-embedding' },
      },
    ])
  })

  it('takes the first model of a kind where its own is not there, so that no other setting keeps a worker from starting', () => {
    const [model] = mediaModels({
      INFERQ_TEXT_MODELS: 'minilm=org/minilm,bge=org/bge',
      INFERQ_IMAGE_MODELS: 'clip=org/clip,coco-objects',
      INFERQ_SPEECH_MODELS: 'whisper=org/whisper',
    })
    expect(model).toMatchObject({ text: 'minilm', image: 'coco-objects', audio: 'speech-embedding', speech: 'whisper' })
  })

  it('goes without a part of which there is no model', () => {
    const [model] = mediaModels({ INFERQ_IMAGE_MODELS: 'none', INFERQ_AUDIO_MODELS: 'none' })
    expect(model).toEqual({ name: 'marengo3.0', dimensions: 512, text: 'use-lite-en', isOptional: true })
  })
})

describe('media models that were set', () => {
  it('are made of what they say, and nothing is added', () => {
    expect(
      mediaModels({ INFERQ_MEDIA_MODELS: 'a=64,text=use-lite-en', INFERQ_SPEECH_MODELS: 'whisper=org/whisper' }),
    ).toEqual([{ name: 'a', dimensions: 64, text: 'use-lite-en' }])
    expect(mediaModels({ INFERQ_MEDIA_MODELS: 'none' })).toEqual([])
  })

  it('are refused where a part is no model of its kind, naming both', () => {
    const env = { INFERQ_MEDIA_MODELS: 'a=64,text=use-lite-en;b=64,image=clip,audio=clap', INFERQ_IMAGE_MODELS: 'none' }
    expect(() => readConfig(env)).toThrow(
      expect.objectContaining({
        problems: [
          'INFERQ_MEDIA_MODELS: the image part "clip" of "b" is not in INFERQ_IMAGE_MODELS',
          'INFERQ_MEDIA_MODELS: the audio part "clap" of "b" is not in INFERQ_AUDIO_MODELS',
        ],
      }),
    )
  })
})
