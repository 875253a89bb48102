import { describe, expect, it } from 'vitest'
import { defaultMediaModels, parseMediaModels } from './media-models.ts'

describe('a list of media models', () => {
  it('says of each how long its vectors are and what it is made of', () => {
    expect(parseMediaModels('a=512,text=minilm, image = clip ,audio=clap,speech=whisper; b=64,audio=clap;')).toEqual([
      { name: 'a', dimensions: 512, text: 'minilm', image: 'clip', audio: 'clap', speech: 'whisper' },
      { name: 'b', dimensions: 64, audio: 'clap' },
    ])
    expect(parseMediaModels('')).toEqual([])
  })

  it('is one model of 512 numbers by default, which does not transcribe', () => {
    const [model, ...others] = parseMediaModels(defaultMediaModels)
    expect(model).toMatchObject({ name: 'marengo3.0', dimensions: 512, image: expect.any(String) })
    expect(model).not.toHaveProperty('speech')
    expect(others).toEqual([])
  })

  it.each([
    ['a', 'is not a media model'],
    ['a=', 'is not a media model'],
    ['=512', 'is not a media model'],
    ['a=512,text', 'is not a media model'],
    ['a=512,text=', 'is not a media model'],
    ['a=512,text=b=c', 'is not a media model'],
    ['a=512=3,text=b', 'is not a media model'],
    ['a=long', '"long" in "a=long" is no length of vectors'],
    ['a=0', 'is no length of vectors'],
    ['a=1.5', 'is no length of vectors'],
    ['a=512,smell=b', '"smell" in "a=512,smell=b" is none of text, image, audio, speech'],
    ['a=512,text=b,text=c', 'names a part twice'],
    ['a=512,speech=b', 'has no text part'],
    ['a=1;a=2', 'media model "a" is listed twice'],
  ])('is refused with the entry that is wrong: %s', (text, problem) => {
    expect(() => parseMediaModels(text)).toThrow(problem)
  })
})
