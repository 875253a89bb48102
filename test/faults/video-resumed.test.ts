import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultAudioModel, embedVideo } from '@inferq/contracts'
import { type TempDir, tempDir, until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaServer, startMediaServer } from '../lib/media-server.ts'
import { longVideo } from '../lib/twelvelabs/media-files.ts'
import { modelName, startTwelvelabs, type TwelvelabsSystem } from '../lib/twelvelabs/system.ts'

const minutes = 10
const clipSeconds = 4
const clips = (minutes * 60) / clipSeconds

let folder: TempDir
let media: MediaServer
let system: TwelvelabsSystem
let shared: NodeJS.ProcessEnv
beforeAll(async () => {
  folder = await tempDir('video-resumed')
  media = await startMediaServer({ 'long.mkv': await longVideo(minutes) })
  shared = {
    INFERQ_FILES_DIR: join(folder.path, 'files'),
    INFERQ_SCRATCH_DIR: join(folder.path, 'scratch'),
    // The one for sound that comes with Inferq takes its time, all the more on one core; tiny ones would be done at once.
    INFERQ_AUDIO_MODELS: defaultAudioModel,
    INFERQ_MEDIA_MODELS: `${modelName}=512,text=tiny-clip,image=tiny-clip,audio=${defaultAudioModel}`,
  }
  system = await startTwelvelabs({ api: shared, worker: null })
})
afterAll(async () => {
  await media?.[Symbol.asyncDispose]()
  await system?.stop()
  folder?.remove()
})

const filesBelow = async (name: string) => {
  const path = join(folder.path, name)
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
const partials = async () => (await filesBelow('files/partials')).filter((path) => !path.includes('.unfinished'))

describe('a worker killed in the middle of a video of 10 minutes', () => {
  it('costs the clips that were not kept yet: another goes on from there, and the task is ready', async () => {
    const doomed = await system.startWorker({ ...shared, INFERQ_WORKER_ID: 'doomed' })
    const { id } = await system.client.embed.v2.tasks.create({
      inputType: 'video',
      modelName,
      video: {
        mediaSource: { url: media.url('long.mkv') },
        segmentation: { strategy: 'fixed', fixed: { durationSec: clipSeconds } },
        embeddingOption: ['visual', 'audio'],
      },
    })
    const { inferq } = system
    const [listed] = (await inferq.client.list({ job: embedVideo.name, limit: 1 })).tasks
    const task = () => inferq.client.get(listed?.id ?? '')
    const heard = Array.fromAsync(inferq.client.events(listed?.id ?? ''))
    await until(async () => (await partials()).length > 0, { what: 'a partial result', timeoutMs: 60_000 })
    await doomed.kill()
    expect((await task()).status).toBe('in_progress')

    await system.startWorker({ ...shared, INFERQ_WORKER_ID: 'heir', INFERQ_ENGINE_THREADS: '' })
    await inferq.client.waitFor(listed?.id ?? '', { timeoutMs: 120_000 })
    const { data, metadata } = await system.ready(id)
    expect(metadata).toMatchObject({ duration: minutes * 60, clipLength: clipSeconds })
    expect(data).toHaveLength(2 * (clips + 1))
    const { attempts } = await task()
    expect(attempts.map(({ worker, state }) => [worker, state])).toEqual([
      ['doomed', 'lost'],
      ['heir', 'succeeded'],
    ])
    const events = await heard
    const again = events.slice(events.findIndex(({ type, attempt }) => type === 'started' && attempt === 2))
    const told = again.flatMap(({ progress }) => (progress ? [progress] : []))
    const resumed = told.find(({ message }) => message?.startsWith('resumed at clip'))
    expect(resumed?.fraction).toBeGreaterThan(0)
    for (const { fraction } of told) expect(fraction).toBeGreaterThanOrEqual(resumed?.fraction ?? 1)
  })

  it('leaves nothing behind: no partial result, and no media in the scratch folder', async () => {
    await until(async () => (await partials()).length === 0, {
      what: 'the partial results to be gone',
      timeoutMs: 30_000,
    })
    const left = await filesBelow('scratch')
    // Those of the killed one, which a worker takes for dead once they have shown no life for a while.
    const dead = new Set(left.map((path) => join(path, '..')))
    expect(dead.size).toBeLessThanOrEqual(1)
    for (const path of dead) await utimes(path, 0, 0)
    await system.startWorker({ ...shared, INFERQ_WORKER_ID: 'tidy' })
    expect(await filesBelow('scratch')).toEqual([])
  })
})
