import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findMediaTools } from '@inferq/media'
import { makeClip } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomId } from './worker.fixture.ts'
import { openWorkerSystem } from './worker-system.fixture.ts'

const { dir, files, cleanup, startWorker, run } = await openWorkerSystem('worker-media', {
  INFERQ_IMAGE_MODELS: 'colours',
  INFERQ_MEDIA_MODELS: undefined,
})
let clip = Buffer.alloc(0)
beforeAll(async () => {
  const tools = findMediaTools(process.env)
  if (tools === null) throw new Error('there is no ffmpeg')
  const scenes = [{ look: 'red', seconds: 3 } as const, { look: 'blue', seconds: 3 } as const]
  clip = await readFile(await makeClip(tools.ffmpeg, join(dir.path, 'a.mp4'), { video: { scenes } }))
})

const embedVideo = (company: string, source: object) =>
  run(company, 'embed.video', { source, embedding_options: ['visual'] })

/** Files of jobs that this worker left in its scratch folder. */
async function leftInScratch(): Promise<string[]> {
  const folder = join(dir.path, 'scratch')
  const own = await readdir(folder)
  return (await Promise.all(own.map((name) => readdir(join(folder, name))))).flat()
}

describe('a worker', () => {
  it('embeds a video that was stored, in its input or uploaded, and leaves nothing of it behind', async () => {
    const company = randomId()
    await startWorker(company)
    const stored = [`inputs/${randomId()}/0`, `artifacts/${company}/a.mp4`]
    for (const key of stored) await files.put(key, clip)
    const sources = [...stored.map((file) => ({ file })), { base64: clip.toString('base64') }]
    for (const source of sources) {
      const outcome = await embedVideo(company, source)
      expect(outcome).toMatchObject({ kind: 'succeeded' })
      const result = JSON.parse((outcome as { result: string }).result)
      expect(result).toMatchObject({ model: 'marengo3.0', dimensions: 512, duration_sec: expect.closeTo(6, 1) })
    }
    expect(await leftInScratch()).toEqual([])
    await expect(readdir(join(dir.path, 'files', 'partials'))).rejects.toThrow('ENOENT')
  })

  it('fails a medium that is none, and goes on', async () => {
    const company = randomId()
    await startWorker(company)
    const source = { base64: Buffer.from('no video').toString('base64') }
    expect(await embedVideo(company, source)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'INPUT_UNREADABLE' } },
    })
    expect(await leftInScratch()).toEqual([])
  })

  it('that has no ffmpeg starts, runs all other jobs, and says what it lacks to those for it', async () => {
    const company = randomId()
    await startWorker(company, { FFMPEG_PATH: '/nowhere/ffmpeg', FFPROBE_PATH: '/nowhere/ffprobe' })
    const source = { base64: clip.toString('base64') }
    expect(await embedVideo(company, source)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'ENGINE_UNAVAILABLE' } },
    })
    expect(await run(company, 'embed.text', { texts: ['a'] })).toMatchObject({ kind: 'succeeded' })
  })

  it('that cannot have a scratch folder starts, and says so to jobs that need one', async () => {
    const company = randomId()
    await startWorker(company, { INFERQ_SCRATCH_DIR: join(dir.path, 'a.mp4') })
    const source = { base64: clip.toString('base64') }
    expect(await embedVideo(company, source)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'ENGINE_UNAVAILABLE' } },
    })
  })

  it('leaves no scratch folder when it ends', async () => {
    await startWorker(randomId())
    expect(await readdir(join(dir.path, 'scratch'))).toHaveLength(1)
    await cleanup.run()
    expect(await readdir(join(dir.path, 'scratch'))).toEqual([])
  })
})
