import type { TwelvelabsApi } from 'twelvelabs-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MediaServer, startMediaServer } from '../../lib/media-server.ts'
import {
  clip,
  picture,
  recording,
  shortVideo,
  silentVideo,
  smallVideo,
  video,
} from '../../lib/twelvelabs/media-files.ts'
import { modelName, startTwelvelabs, type TwelvelabsSystem } from '../../lib/twelvelabs/system.ts'

let media: MediaServer
let system: TwelvelabsSystem
beforeAll(async () => {
  media = await startMediaServer({
    'video.mp4': await video(),
    'recording.wav': await recording(),
    'text.mp4': Buffer.from('this is no video, whatever its name says'),
    'picture.mp4': picture('red'),
    'empty.mp4': Buffer.alloc(0),
    // What says where everything is stands at its end.
    'half.mov': (await clip('whole.mov', { video: { scenes: [{ look: 'pattern', seconds: 5 }] } })).subarray(0, 20_000),
    'short.mp4': await shortVideo(),
    'small.mp4': await smallVideo(),
    'silent.mp4': await silentVideo(),
    'playlist.mp4': Buffer.from('#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'),
    'list.mp4': Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n"),
  })
  // What does not answer is asked again a few times; not here.
  system = await startTwelvelabs({ worker: { INFERQ_FETCH_TIMEOUT_SECONDS: '5' } })
})
afterAll(async () => {
  await media?.[Symbol.asyncDispose]()
  await system?.stop()
})

/** The sentence that the failed task gives as its reason. */
async function failure(inputType: 'video' | 'audio', url: string): Promise<string> {
  const source = { mediaSource: { url } }
  const { id } = await system.client.embed.v2.tasks.create({ inputType, modelName, [inputType]: source })
  const task = await system.ended(id)
  expect(task.status).toBe('failed')
  expect(task.data).toBeUndefined()
  const message = task.error?.message ?? ''
  expect(message).toMatch(/^[^\n]{10,300}$/)
  expect(message).not.toMatch(/undefined|null|\[object|ffmpeg version|node_modules|\.ts\b|\/tmp|root:/i)
  return message
}

describe('a task of what is no medium ends as failed, and says why', () => {
  it.each(['text.mp4', 'picture.mp4', 'empty.mp4', 'half.mov', 'playlist.mp4', 'list.mp4'])(
    'video: %s',
    async (name) => {
      await failure('video', media.url(name))
    },
  )

  it.each(['text.mp4', 'picture.mp4', 'silent.mp4'])('audio: %s', async (name) => {
    await failure('audio', media.url(name))
  })

  it('video: one without pictures', async () => {
    await failure('video', media.url('recording.wav'))
  })
})

describe('a task of a medium outside the bounds ends as failed, and says which', () => {
  it('too short', async () => {
    expect(await failure('video', media.url('short.mp4'))).toMatch(/4 s/)
  })

  it('too small', async () => {
    expect(await failure('video', media.url('small.mp4'))).toMatch(/360/)
  })
})

describe('a task of an address that gives no medium ends as failed', () => {
  it.each(['nothing.mp4', 'broken'])('%s', async (name) => {
    await failure('video', media.url(name))
  })

  it('nobody listens', async () => {
    await failure('video', 'http://127.0.0.1:9/video.mp4')
  })

  it.each(['http://10.0.0.1/v.mp4', 'http://169.254.169.254/v.mp4', 'http://[::1]:9/v.mp4', 'http://localhost/v.mp4'])(
    'inside: %s',
    async (url) => {
      const before = media.asked.length
      await failure('video', url)
      expect(media.asked).toHaveLength(before)
    },
  )
})

describe('a failed task', () => {
  it('is listed as such, and costs the next one nothing', async () => {
    await failure('video', media.url('text.mp4'))
    const { data } = await system.client.embed.v2.tasks.list({ status: 'failed', pageLimit: 1 })
    expect(data.map(({ status }: TwelvelabsApi.MediaEmbeddingTask) => status)).toEqual(['failed'])
    const source = { mediaSource: { url: media.url('video.mp4') }, embeddingOption: ['visual' as const] }
    const { id } = await system.client.embed.v2.tasks.create({ inputType: 'video', modelName, video: source })
    expect((await system.ready(id)).status).toBe('ready')
  })
})
