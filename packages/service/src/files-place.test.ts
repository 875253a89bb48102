import { describe, expect, it } from 'vitest'
import { filesPlaceOf, filesVariables } from './files-place.ts'
import { ConfigError, readSettings } from './read-settings.ts'

const placeOf = (env: Record<string, string>) => filesPlaceOf(readSettings(filesVariables, env), '/data')

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    placeOf(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

const keys = { INFERQ_S3_ACCESS_KEY: 'me', INFERQ_S3_SECRET_KEY: 'hunter2' }

describe('the place of files', () => {
  it('is a folder in the data folder, or the one that is named', () => {
    expect(placeOf({})).toEqual({ folder: '/data/files' })
    expect(placeOf({ INFERQ_FILES_DIR: '/shared', INFERQ_S3_BUCKET: '' })).toEqual({ folder: '/shared' })
  })

  it("is a bucket at Amazon's, with keys that its SDK finds", () => {
    expect(placeOf({ INFERQ_S3_BUCKET: 'b' })).toEqual({
      s3: { bucket: 'b', endpoint: null, region: 'us-east-1', prefix: '', credentials: null },
    })
  })

  it('is a bucket of any server, below a prefix', () => {
    const endpoint = 'http://minio:9000'
    const set = { INFERQ_S3_BUCKET: 'b', INFERQ_S3_ENDPOINT: endpoint, INFERQ_S3_REGION: 'eu', ...keys }
    const s3 = { bucket: 'b', endpoint, region: 'eu', credentials: { accessKey: 'me', secretKey: 'hunter2' } }
    expect(placeOf({ ...set, INFERQ_S3_PREFIX: '/a/b' })).toEqual({ s3: { ...s3, prefix: 'a/b/' } })
    expect(placeOf({ ...set, INFERQ_S3_PREFIX: 'a//' })).toEqual({ s3: { ...s3, prefix: 'a/' } })
    expect(placeOf({ ...set, INFERQ_S3_PREFIX: '/' })).toEqual({ s3: { ...s3, prefix: '' } })
  })

  it('is refused when settings contradict each other, and not a word of a secret', () => {
    expect(problemsOf({ INFERQ_S3_BUCKET: 'b', INFERQ_FILES_DIR: '/x' })).toEqual([
      expect.stringContaining('INFERQ_FILES_DIR and INFERQ_S3_BUCKET are both set'),
    ])
    expect(problemsOf({ INFERQ_S3_PREFIX: 'x', INFERQ_S3_SECRET_KEY: 'hunter2' })).toEqual([
      'INFERQ_S3_PREFIX is set, and INFERQ_S3_BUCKET is not',
      'INFERQ_S3_SECRET_KEY is set, and INFERQ_S3_BUCKET is not',
      expect.stringContaining('INFERQ_S3_ACCESS_KEY and INFERQ_S3_SECRET_KEY belong together'),
    ])
    for (const bad of ['minio:9000', 'https://me:hunter2@host', 'https://host/path']) {
      expect(problemsOf({ INFERQ_S3_BUCKET: 'b', INFERQ_S3_ENDPOINT: bad })).toEqual([
        expect.stringContaining('INFERQ_S3_ENDPOINT'),
      ])
    }
  })
})
