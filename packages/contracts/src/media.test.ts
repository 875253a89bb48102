import { describe, expect, it } from 'vitest'
import { maxInlineSourceBytes } from './input-source.ts'
import { MediaSource, Segmentation } from './media.ts'

const id = '0123456789abcdef0123456789abcdef'

describe('a medium is', () => {
  it.each([
    { url: 'https://example.org/a.mp4?x=1' },
    { base64: Buffer.alloc(maxInlineSourceBytes).toString('base64') },
    { file: `inputs/${id}/0` },
    { file: `artifacts/${id}/assets/1/a.mp4` },
  ])('at an address, in the input itself, or a stored file: %j', (source) => {
    expect(MediaSource.parse(source)).toEqual(source)
  })

  it.each([
    { url: 'ftp://example.org/a.mp4' },
    { url: 'file:///etc/passwd' },
    { url: '/etc/passwd' },
    { base64: '' },
    { base64: '?' },
    { base64: Buffer.alloc(maxInlineSourceBytes + 3).toString('base64') },
    { file: 'results/1.json' },
    { file: '/etc/passwd' },
    { file: `inputs/${id}/../0` },
    { file: 'artifacts/' },
    { url: 'https://example.org/', base64: 'AAAA' },
    {},
    'https://example.org/a.mp4',
  ])('nothing else: %j', (source) => {
    expect(MediaSource.safeParse(source).success).toBe(false)
  })
})

describe('a medium is cut into clips', () => {
  it.each([
    { strategy: 'fixed', duration_sec: 1 },
    { strategy: 'fixed', duration_sec: 600 },
    { strategy: 'dynamic', min_duration_sec: 1.5 },
  ])('as %j says', (segmentation) => {
    expect(Segmentation.parse(segmentation)).toEqual(segmentation)
  })

  it.each([
    { strategy: 'fixed', duration_sec: 0 },
    { strategy: 'fixed', duration_sec: 1.5 },
    { strategy: 'fixed', duration_sec: 601 },
    { strategy: 'fixed' },
    { strategy: 'dynamic', min_duration_sec: 0.5 },
    { strategy: 'dynamic', duration_sec: 4 },
    { strategy: 'smart' },
  ])('but not as %j', (segmentation) => {
    expect(Segmentation.safeParse(segmentation).success).toBe(false)
  })
})
