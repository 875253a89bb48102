import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { ConfigError, settingsTable } from '@inferq/service'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { variables } from './variables.ts'

function problemsOf(env: NodeJS.ProcessEnv, args: string[] = []): readonly string[] {
  try {
    readConfig(env, args)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

describe('the settings of a worker', () => {
  it('need nothing to be set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      queues: ['default'],
      concurrency: 8,
      redisUrl: 'redis://127.0.0.1:6379',
      engines: {
        models: [{ name: 'use-lite-en' }],
        imageModels: [{ name: 'coco-objects' }],
        audioModels: [{ name: 'speech-embedding' }],
        speechModels: [],
        ...{ device: 'auto', allowRemoteModels: true },
      },
      images: { maxImageBytes: 33_554_432, fetch: { allow: [], totalTimeoutMs: 60_000 } },
      media: {
        ...{ maxMediaBytes: 4_294_967_296, fetch: { allow: [], totalTimeoutMs: 3_600_000 } },
        ...{ scratch: { quotaBytes: 17_179_869_184 }, tools: { FFMPEG_PATH: undefined } },
      },
      shutdown: { graceMs: 25_000, forceMs: 5_000 },
      log: { level: 'info', pretty: false },
    })
    expect(config.workerId).not.toBe(readConfig({}).workerId)
    expect(isAbsolute(config.files.folder ?? '')).toBe(true)
  })

  it('take their values from the environment, and an empty one as none', () => {
    const config = readConfig({
      INFERQ_QUEUES: ' a b, c.d ,a b,',
      INFERQ_CONCURRENCY: '',
      INFERQ_DATA_DIR: '/data',
      INFERQ_MODELS_DIR: '/models',
      INFERQ_TEXT_MODELS: 'x=org/x,y=https://host/v1#z',
      INFERQ_ENGINE_THREADS: '2',
      INFERQ_SHUTDOWN_GRACE_SECONDS: '1.5',
      INFERQ_WORKER_ID: 'w1',
      INFERQ_ALLOW_REMOTE_MODELS: 'false',
    })
    expect(config).toMatchObject({
      workerId: 'w1',
      queues: ['a b', 'c.d'],
      concurrency: 8,
      files: { folder: '/data/files' },
      engines: { models: [{ name: 'x' }, { name: 'y', kind: 'http' }], modelsDir: '/models', threads: 2 },
      shutdown: { graceMs: 1_500 },
    })
    expect(config.engines.allowRemoteModels).toBe(false)
  })

  it('name models for images, or none', () => {
    const modelsOf = (list: string) => readConfig({ INFERQ_IMAGE_MODELS: list }).engines.imageModels
    expect(modelsOf('coco-objects,vit=org/vit')).toMatchObject([{ name: 'coco-objects' }, { source: 'org/vit' }])
    expect(modelsOf('none')).toEqual([])
  })

  it('name what may be fetched although it is inside', () => {
    const { images, media } = readConfig({
      INFERQ_FETCH_ALLOW: 'files.lan, 10.1.0.0/16,',
      INFERQ_FETCH_TIMEOUT_SECONDS: '5',
      INFERQ_MEDIA_FETCH_TIMEOUT_SECONDS: '50',
    })
    const allow = ['files.lan', '10.1.0.0/16']
    expect(images.fetch).toEqual({ allow, totalTimeoutMs: 5_000 })
    expect(media.fetch).toEqual({ allow, totalTimeoutMs: 50_000 })
  })

  it('say where audio and video files are while they are read, and what reads them', () => {
    const { media } = readConfig({
      ...{ INFERQ_DATA_DIR: '/data', INFERQ_SCRATCH_BYTES: '5000', INFERQ_MAX_MEDIA_BYTES: '2000' },
      ...{ FFMPEG_PATH: '/opt/ffmpeg', FFPROBE_PATH: '/opt/ffprobe', PATH: '/bin' },
    })
    expect(media).toMatchObject({
      ...{ maxMediaBytes: 2_000, scratch: { folder: '/data/scratch', quotaBytes: 5_000 } },
      tools: { FFMPEG_PATH: '/opt/ffmpeg', FFPROBE_PATH: '/opt/ffprobe', PATH: '/bin' },
    })
    expect(readConfig({ INFERQ_SCRATCH_DIR: '/fast' }).media.scratch.folder).toBe('/fast')
  })

  it('give way to flags', () => {
    const config = readConfig({ INFERQ_QUEUES: 'a', INFERQ_CONCURRENCY: '2' }, ['--queues', 'b,c', '--concurrency=3'])
    expect(config).toMatchObject({ queues: ['b', 'c'], concurrency: 3 })
  })

  it('are refused with all that is wrong with them, and not a word of a secret', () => {
    const problems = problemsOf({
      REDIS_URL: 'http://user:hunter2@host',
      INFERQ_QUEUES: `fine,${'n'.repeat(501)}`,
      INFERQ_CONCURRENCY: '0',
      INFERQ_COMPANY: 'acme',
      INFERQ_TEXT_MODELS: 'a,a',
      INFERQ_IMAGE_MODELS: 'vit=https://host/v1',
      INFERQ_MEDIA_MODELS: 'marengo3.0',
      INFERQ_MAX_MEDIA_BYTES: '4294967297',
      INFERQ_FETCH_ALLOW: 'files.lan,10.0.0/8',
      INFERQ_DEVICE: 'gpu',
      INFERQ_MAX_BATCH_ITEMS: '1.5',
      INFERQ_ALLOW_REMOTE_MODELS: 'maybe',
      INFERQ_SHUTDOWN_GRACE_SECONDS: '-1',
      LOG_LEVEL: 'loud',
    })
    expect(problems).toEqual([
      'REDIS_URL is not an address like redis://host:6379',
      'INFERQ_TEXT_MODELS: "a,a" model "a" is listed twice',
      'INFERQ_IMAGE_MODELS: "vit=https://host/v1" model "vit" must be in the worker: only texts are sent to servers',
      expect.stringContaining('INFERQ_MEDIA_MODELS: "marengo3.0" "marengo3.0" is not a media model'),
      expect.stringContaining('LOG_LEVEL: "loud" is none of'),
      expect.stringContaining('a queue name has at most 500 characters'),
      'INFERQ_CONCURRENCY: "0" is less than 1',
      expect.stringContaining('INFERQ_COMPANY: "acme" is not a company id'),
      'INFERQ_DEVICE: "gpu" is none of auto, cpu, cuda, webgpu',
      'INFERQ_MAX_BATCH_ITEMS: "1.5" is not a whole number',
      'INFERQ_ALLOW_REMOTE_MODELS: "maybe" is neither true nor false',
      'INFERQ_FETCH_ALLOW: "files.lan,10.0.0/8" has an entry that is no host name, IP address or CIDR',
      'INFERQ_MAX_MEDIA_BYTES: "4294967297" is more than 4294967296',
      'INFERQ_SHUTDOWN_GRACE_SECONDS: "-1" is not a number of seconds',
    ])
  })

  it('name a flag that does not exist', () => {
    expect(problemsOf({ INFERQ_CONCURRENCY: 'x' }, ['--queue', 'a'])).toEqual([
      expect.stringContaining("Unknown option '--queue'"),
      'INFERQ_CONCURRENCY: "x" is not a whole number',
    ])
    expect(problemsOf({}, ['--queues', ','])).toEqual(['INFERQ_QUEUES: "," names no queue'])
  })

  it('are a table with a meaning for each, and defaults that are valid', () => {
    for (const [name, { meaning }] of Object.entries(variables)) expect(meaning, name).toMatch(/^[A-Z].*\.$/s)
  })

  it('are listed in docs/configuration.md, each and no other', () => {
    const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')
    const section = page.split('## ').find((text) => text.startsWith('The worker\n')) ?? ''
    expect(section.split('\n').filter((line) => line.startsWith('| `'))).toEqual(settingsTable(variables))
  })
})
