import { describe, expect, it } from 'vitest'
import { embedAudio } from './embed-audio.ts'
import { embedVideo } from './embed-video.ts'

const source = { url: 'https://example.org/a.mp4' }
const problemsOf = (job: typeof embedAudio | typeof embedVideo, more: object) =>
  job.input.safeParse({ source, ...more }).error?.issues.map(({ path }) => path.join('.')) ?? []

describe('the input of a job that embeds a medium', () => {
  it('is about all of the medium, and all that a vector can be of, unless it says otherwise', () => {
    const usual = { source, embedding_scopes: ['clip', 'asset'], embedding_types: ['separate_embedding'] }
    const all = ['visual', 'audio', 'transcription']
    expect(embedVideo.input.parse({ source })).toEqual({ ...usual, embedding_options: all })
    expect(embedAudio.input.parse({ source })).toEqual({ ...usual, embedding_options: ['audio', 'transcription'] })
  })

  it.each([
    [{ start_sec: -1 }, 'start_sec'],
    [{ start_sec: 5, end_sec: 5 }, 'end_sec'],
    [{ start_sec: 5, end_sec: 4 }, 'end_sec'],
    [{ end_sec: 0 }, 'end_sec'],
    [{ embedding_options: [] }, 'embedding_options'],
    [{ embedding_options: ['audio', 'audio'] }, 'embedding_options'],
    [{ embedding_options: ['audio', 'smell'] }, 'embedding_options.1'],
    [{ embedding_scopes: ['clip', 'clip'] }, 'embedding_scopes'],
    [{ embedding_types: [] }, 'embedding_types'],
    [{ embedding_options: ['audio'], embedding_types: ['fused_embedding'] }, 'embedding_types'],
    [{ bounds: { max_seconds: 14_401 } }, 'bounds.max_seconds'],
    [{ model: '' }, 'model'],
  ])('is refused for %j, with the field', (more, field) => {
    expect(problemsOf(embedVideo, more)).toContain(field)
    expect(problemsOf(embedAudio, more)).toContain(field)
  })

  it('is of a recording only what can be heard: no pictures, no scenes', () => {
    expect(problemsOf(embedAudio, { embedding_options: ['visual'] })).toEqual(['embedding_options.0'])
    const segmentation = { strategy: 'dynamic', min_duration_sec: 4 }
    expect(problemsOf(embedAudio, { segmentation })).toEqual(['segmentation'])
    expect(problemsOf(embedVideo, { segmentation })).toEqual([])
  })

  it('names the stored file that the medium is in, if it is in one', () => {
    const file = 'artifacts/0123456789abcdef0123456789abcdef/a.mp4'
    const named = (input: object) => embedVideo.filesOf?.(embedVideo.input.parse(input))
    expect(named({ source: { file } })).toEqual([{ key: file, path: ['source', 'file'] }])
    expect(named({ source })).toEqual([])
  })
})
