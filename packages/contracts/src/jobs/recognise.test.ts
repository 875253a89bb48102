import { describe, expect, it } from 'vitest'
import { maxInlineSourceBytes } from '../input-source.ts'
import { classifyImage } from './classify-image.ts'
import { detectImage } from './detect-image.ts'
import { RecognitionInput } from './recognise.ts'

const problemsOf = (source: unknown) =>
  (RecognitionInput.safeParse({ images: [{ source }] }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  )
const base64Of = (bytes: number) => Buffer.alloc(bytes).toString('base64')

describe('an image of a job', () => {
  it.each([
    { url: 'https://img.example/a.jpg?b=c#d' },
    { url: 'HTTP://10.0.0.1:8080' },
    { base64: 'AAAA' },
    { base64: base64Of(maxInlineSourceBytes) },
    { file: `inputs/${'a'.repeat(32)}/0` },
  ])('may be an address, bytes or a file: %j', (source) => {
    expect(problemsOf(source)).toEqual([])
  })

  it.each([
    [{ url: 'ftp://img.example/a.jpg' }, 'images.0.source.url: is not an http or https address'],
    [{ url: 'a.jpg' }, 'images.0.source.url: is not an http or https address'],
    [{ base64: 'not base64' }, 'images.0.source.base64: is not base64'],
    [{ base64: base64Of(maxInlineSourceBytes + 3) }, expect.stringContaining('source.base64: at most 65536 bytes')],
    [{ file: '../secret' }, 'images.0.source.file: is not a file of this task'],
    [{ path: '/a.jpg' }, expect.stringContaining('images.0.source: is neither {"url"')],
    [{ url: 'https://img.example/a.jpg', base64: 'AAAA' }, expect.stringContaining('images.0.source: is neither')],
    ['https://img.example/a.jpg', expect.stringContaining('images.0.source: is neither')],
  ])('is refused with what is wrong with it: %j', (source, problem) => {
    expect(problemsOf(source)).toEqual([problem])
  })
})

describe('the files of a job', () => {
  it('are those that its images name, each with its place', () => {
    const file = `inputs/${'a'.repeat(32)}/1`
    const images = [{ source: { base64: 'AAAA' } }, { source: { file } }]
    for (const { filesOf, input } of [classifyImage, detectImage]) {
      expect(filesOf?.(input.parse({ images }))).toEqual([{ key: file, path: ['images', 1, 'source', 'file'] }])
    }
  })
})
