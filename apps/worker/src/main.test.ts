import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { startNode, startRedis, tempDir, until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'

const entry = fileURLToPath(new URL('main.ts', import.meta.url))

/** Nothing is to be loaded. That the text model is on a server that is away keeps no media model from being there. */
const quick = { PATH: process.env.PATH, INFERQ_IMAGE_MODELS: 'none', INFERQ_AUDIO_MODELS: 'none' }

/** The real program, with settings that have it reach for nothing outside. */
async function startMain(env: NodeJS.ProcessEnv) {
  const lines: string[] = []
  const main = await startNode({
    name: 'worker',
    entry,
    env: { ...quick, INFERQ_ALLOW_REMOTE_MODELS: 'false', ...env },
    onLine: (line) => void lines.push(line),
  })
  return { main, lines }
}

const remoteModel = 'm=http://127.0.0.1:9/v1'

describe('the worker program', () => {
  it('says when it is ready, and ends with 0 at SIGTERM', async () => {
    await using redis = await startRedis()
    await using dir = await tempDir('worker')
    const env = { REDIS_URL: redis.url, INFERQ_DATA_DIR: dir.path, INFERQ_TEXT_MODELS: remoteModel }
    const { main, lines } = await startMain(env)
    await until(() => lines.some((line) => line.includes('worker is ready')), { what: 'the worker to be ready' })
    expect(await main.stop()).toEqual({ code: 0, signal: null })
    expect(lines.at(-1)).toContain('worker ended')
  })

  it('ends when the program that launched it lets go of it', async () => {
    await using redis = await startRedis()
    await using dir = await tempDir('worker')
    const env = { REDIS_URL: redis.url, INFERQ_DATA_DIR: dir.path, INFERQ_TEXT_MODELS: remoteModel }
    const child = fork(entry, {
      env: { ...quick, ...env },
      silent: true,
    })
    const exited = once(child, 'exit')
    try {
      for await (const text of child.stdout as Readable) if (String(text).includes('worker is ready')) break
      child.disconnect()
      expect(await exited).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('ends with 0 at SIGTERM while it still waits for Redis', async () => {
    await using dir = await tempDir('worker')
    const env = { REDIS_URL: 'redis://127.0.0.1:1', INFERQ_DATA_DIR: dir.path, INFERQ_TEXT_MODELS: remoteModel }
    const { main, lines } = await startMain(env)
    await until(() => lines.some((line) => line.includes('redis error')), { what: 'the worker to miss Redis' })
    expect(await main.stop()).toEqual({ code: 0, signal: null })
  })

  it('ends with 1 when a model cannot be loaded, and says which', async () => {
    await using redis = await startRedis()
    await using dir = await tempDir('worker')
    const env = { REDIS_URL: redis.url, INFERQ_DATA_DIR: dir.path, INFERQ_TEXT_MODELS: 'no-such-model' }
    const { main, lines } = await startMain(env)
    expect(await main.exited).toEqual({ code: 1, signal: null })
    expect(lines.find((line) => line.includes('worker could not start'))).toContain('no-such-model')
  })

  it('ends with 2 when its settings are wrong, and lists what is wrong', async () => {
    const { main, lines } = await startMain({ INFERQ_CONCURRENCY: 'many', INFERQ_DEVICE: 'abacus' })
    expect(await main.exited).toEqual({ code: 2, signal: null })
    expect(lines).toEqual([
      'the settings are wrong:',
      '  INFERQ_CONCURRENCY: "many" is not a whole number',
      '  INFERQ_DEVICE: "abacus" is none of auto, cpu, cuda, webgpu',
    ])
  })
})
