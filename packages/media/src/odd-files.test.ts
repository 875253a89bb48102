import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { allFrames, allSound, clipFolder, media, signal, span, tools } from './testing/media.fixture.ts'

const clips = await clipFolder()
afterAll(clips.remove)

const rate = 16_000
const scenes = [
  { look: 'pattern', seconds: 13 },
  { look: 'blue', seconds: 5 },
]
const pictures = await clips.make('pictures.mp4', { video: { fps: 10, keyEvery: 30, scenes } })
const sounds = await clips.make('sounds.m4a', { audio: { parts: [{ sound: 'tone', seconds: 6 }] } })

/** Copies what is in these files into another kind of file. */
async function copied(name: string, ...args: string[]): Promise<string> {
  const path = clips.path(name)
  const { stdout } = await promisify(execFile)(tools.ffmpeg, ['-v', 'error', '-y', ...args], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 ** 2,
  })
  // What goes through a pipe cannot be corrected at its head when its length is known.
  if (stdout.length > 0) await writeFile(path, stdout)
  return path
}

const firstHeard = (samples: Float32Array) => samples.findIndex((sample) => Math.abs(sample) > 0.01) / rate

describe('a recording that was streamed', () => {
  it.each([
    ['.mkv', '-f', 'matroska'],
    ['.mp4', '-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov'],
    ['.flv', '-f', 'flv'],
  ])('is read from the middle, and its length is found, although it has no index: %s', async (extension, ...format) => {
    const path = await copied(`streamed${extension}`, '-i', pictures, '-c', 'copy', ...format, 'pipe:1')
    const { durationSec } = await media.probe(path, { signal })
    expect(durationSec).toBeGreaterThan(17.85)
    expect(durationSec).toBeLessThan(18.15)
    const all = await allFrames(path, { span: span(0, 18), at: 'scenes' })
    const some = await allFrames(path, { span: span(12, 18), at: 'scenes' })
    expect(some.map(({ atSec }) => atSec)).toEqual(all.map(({ atSec }) => atSec).filter((atSec) => atSec >= 12))
    expect(some.map(({ pixels }) => Buffer.from(pixels))).toEqual(
      all.filter(({ atSec }) => atSec >= 12).map(({ pixels }) => Buffer.from(pixels)),
    )
  })
})

describe.each(['.mp4', '.mkv', '.ts'])('a %s', (extension) => {
  it('whose sound begins late has silence until then', async () => {
    const inputs = ['-i', pictures, '-itsoffset', '2', '-i', sounds]
    const path = await copied(`late-sound${extension}`, ...inputs, '-c', 'copy', clips.path(`late-sound${extension}`))
    expect(firstHeard(await allSound(path, span(0, 4)))).toBeCloseTo(2, 1)
    expect(firstHeard(await allSound(path, span(1.5, 4)))).toBeCloseTo(0.5, 1)
    expect((await allSound(path, span(0, 1))).length).toBe(rate)
  })

  it('whose pictures begin late has none until then', async () => {
    const inputs = ['-itsoffset', '2.5', '-i', pictures, '-i', sounds]
    const path = await copied(`late${extension}`, ...inputs, '-c', 'copy', clips.path(`late${extension}`))
    const frames = await allFrames(path, { span: span(0, 5) })
    expect(frames.map(({ atSec }) => Math.round(atSec * 10) / 10)).toEqual([2.5, 3, 4])
    expect(await allFrames(path, { span: span(0, 2) })).toEqual([])
  })
})

describe('a broadcast in which everything changes on the way', () => {
  it('is read through, in pictures of one size', async () => {
    const parts = [{ sound: 'tone', seconds: 4 }] as const
    const first = await clips.make('first.ts', { video: { scenes: [{ look: 'red', seconds: 4 }] }, audio: { parts } })
    const second = await clips.make('second.ts', {
      video: { width: 320, height: 180, fps: 10, scenes: [{ look: 'blue', seconds: 4 }] },
      audio: { parts, sampleRate: 48_000, channels: 2 },
    })
    const path = clips.path('both.ts')
    await writeFile(path, Buffer.concat([await readFile(first), await readFile(second)]))
    const frames = await allFrames(path, { span: span(0, 8), at: 'scenes', maxSide: 64 })
    expect(frames.map(({ width, height }) => `${width}x${height}`)).toEqual(frames.map(() => '64x48'))
    expect(frames.filter(({ sceneScore }) => sceneScore > 0.9).map(({ atSec }) => Math.round(atSec))).toEqual([4])
    expect((await media.probe(path, { signal })).durationSec).toBeCloseTo(8, 0)
    expect((await allSound(path, span(0, 8))).length).toBe(8 * rate)
  })
})
