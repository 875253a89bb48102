import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { JobError } from '@inferq/contracts'
import { png, until } from '@inferq/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { allFrames, allSound, clipFolder, media, runningTools, signal, span } from './testing/media.fixture.ts'

const clips = await clipFolder()
afterAll(clips.remove)

const scenes = [{ look: 'pattern', seconds: 4 }]
const parts = [{ sound: 'sweep', seconds: 4 }] as const
const video = await clips.make('video.mp4', { video: { scenes }, audio: { parts } })
await clips.make('other.ts', { video: { scenes }, audio: { parts } })

async function write(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(clips.path(name), content)
  return clips.path(name)
}

/** The error with which a call fails; its message must be fit for producers. */
async function refusal(call: Promise<unknown>): Promise<JobError> {
  const error = await call.then(
    () => null,
    (error: unknown) => error,
  )
  if (!(error instanceof JobError)) throw new Error(`expected a JobError, not ${error}`)
  expect(error.code).toBe('INPUT_UNREADABLE')
  expect(error.message).not.toMatch(/[/\\@]|0x|whitelist|Invalid/)
  return error
}

const playlist = '#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nother.ts\n#EXT-X-ENDLIST\n'
const manifest = `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT4S"
  profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1"
  bandwidth="1000"><BaseURL>video.mp4</BaseURL></Representation></AdaptationSet></Period></MPD>`

describe('a file that names other files', () => {
  it.each([
    ['a playlist', 'list.m3u8', playlist],
    ['a playlist that calls itself a video', 'list.mp4', playlist],
    ['a script that joins files', 'join.ffconcat', 'ffconcat version 1.0\nfile other.ts\n'],
    ['such a script that calls itself a video', 'join.mp4', 'ffconcat version 1.0\nfile other.ts\n'],
    ['a manifest', 'manifest.mpd', manifest],
    ['the name of a series of pictures', 'series-%d.png', 'nothing'],
  ])('is refused before any of them is opened: %s', async (_, name, content) => {
    const path = await write(name, content)
    await write(
      'series-1.png',
      png(8, 8, () => [255, 0, 0]),
    )
    await refusal(media.probe(path, { signal }))
    await refusal(allFrames(path, { span: span(0, 4) }))
    await refusal(allSound(path, span(0, 4)))
  })
})

describe('a file that is no medium', () => {
  it.each([
    ['nothing at all', ''],
    ['text', 'Dear Sir or Madam,\n'.repeat(1_000)],
    ['random bytes', randomBytes(200_000)],
    ['zeros', new Uint8Array(200_000)],
    ['an image', png(64, 64, (x, y) => [x, y, 0])],
  ])('is refused: %s', async (what, content) => {
    await refusal(media.probe(await write(`${what}.mp4`, content), { signal }))
  })

  it('is refused when it is not there', async () => {
    await refusal(media.probe(clips.path('missing.mp4'), { signal }))
  })

  it('leaves what ffmpeg wrote to operators', async () => {
    const error = await refusal(media.probe(await write('text.mp4', 'text'), { signal }))
    expect(String(error.cause)).toContain('text.mp4')
  })
})

describe('a file that is broken', () => {
  it('is refused when its index was cut off', async () => {
    const path = await clips.make('late-index.mov', { video: { scenes } })
    const bytes = await readFile(path)
    await refusal(media.probe(await write('no-index.mov', bytes.subarray(0, bytes.length / 2)), { signal }))
  })

  it.each(['.mp4', '.mkv'])('is refused when its end was cut off, as soon as that shows: %s', async (extension) => {
    const whole = await clips.make(`whole${extension}`, {
      video: { scenes: [{ look: 'pattern', seconds: 10 }] },
      audio: { parts: [{ sound: 'sweep', seconds: 10 }] },
    })
    const bytes = await readFile(whole)
    const path = await write(`no-end${extension}`, bytes.subarray(0, bytes.length * 0.6))
    const { durationSec } = await media.probe(path, { signal })
    expect(durationSec).toBeCloseTo(10, 0)
    const message = /up to [3-7]\.\d s only, and should go on to (9\.9|10\.\d) s: it is cut off/
    expect((await refusal(allFrames(path, { span: span(0, durationSec) }))).message).toMatch(message)
    expect((await refusal(allSound(path, span(0, durationSec)))).message).toMatch(message)
    expect((await allFrames(path, { span: span(0, 3) })).length).toBe(3)
    expect((await allSound(path, span(0, 3))).length).toBe(3 * 16_000)
  })

  it('is refused when it has an index, and nothing behind it can be decoded', async () => {
    const bytes = await readFile(video)
    const start = bytes.indexOf('mdat') + 4
    const path = await write('noise.mp4', Buffer.concat([bytes.subarray(0, start), randomBytes(bytes.length - start)]))
    await refusal(allFrames(path, { span: span(0, 4) }))
    await refusal(allSound(path, span(0, 4)))
  })

  it('is refused when pictures are asked of sound alone, or sound of pictures alone', async () => {
    const soundAlone = await clips.make('alone.wav', { audio: { parts } })
    const picturesAlone = await clips.make('alone.mp4', { video: { scenes } })
    await refusal(allFrames(soundAlone, { span: span(0, 1) }))
    await refusal(allSound(picturesAlone, span(0, 1)))
  })

  it('leaves no program behind', async () => {
    await until(() => runningTools() === 0, { what: 'all programs to be gone' })
  })
})
