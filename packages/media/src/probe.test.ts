import { readFile, writeFile } from 'node:fs/promises'
import type { ClipSpec } from '@inferq/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { clipFolder, media, signal } from './testing/media.fixture.ts'

const clips = await clipFolder()
afterAll(clips.remove)

const pictures = { scenes: [{ look: 'pattern', seconds: 3 }] }
const sounds = { parts: [{ sound: 'sweep', seconds: 3 }] } as const
const picturesFacts = { width: 160, height: 120 }
const soundFacts = { sampleRate: 44_100, channels: 1 }

const probeOf = async (name: string, spec: ClipSpec) => media.probe(await clips.make(name, spec), { signal })

describe('probing', () => {
  it.each(['.mp4', '.mov', '.mkv', '.avi'])('finds pictures, sound and length of %s', async (extension) => {
    const facts = await probeOf(`both${extension}`, { video: pictures, audio: sounds })
    expect(facts).toEqual({ durationSec: expect.closeTo(3, 2), video: picturesFacts, audio: soundFacts })
  })

  it.each(['.wav', '.flac', '.m4a'])('finds the length of the sound in %s', async (extension) => {
    const facts = await probeOf(`sound${extension}`, { audio: { ...sounds, channels: 2 } })
    expect(facts).toEqual({
      durationSec: expect.closeTo(3, 2),
      video: null,
      audio: { sampleRate: 44_100, channels: 2 },
    })
  })

  it.each(['.mp3', '.aac', '.ts'])('goes through %s, which does not say how long it is', async (extension) => {
    const video = extension === '.ts' ? pictures : undefined
    const { durationSec } = await probeOf(`unsaid${extension}`, { audio: sounds, ...(video ? { video } : {}) })
    // To a packet of sound.
    expect(Math.abs(durationSec - 3)).toBeLessThan(0.05)
  })

  it('finds the length of a file whose head was lost: a recording that was streamed', async () => {
    const path = await clips.make('streamed.flac', { audio: sounds })
    const bytes = await readFile(path)
    // The number of samples, in the first block of the file; 0 says that nobody knows.
    bytes.fill(0, 22, 26)
    bytes[21] = (bytes[21] ?? 0) & 0xf0
    await writeFile(path, bytes)
    const { durationSec } = await media.probe(path, { signal })
    expect(durationSec).toBeCloseTo(3, 1)
  })

  it('takes the length of the longer one of pictures and sound', async () => {
    const short = await probeOf('short-sound.mp4', {
      video: pictures,
      audio: { parts: [{ sound: 'tone', seconds: 1 }] },
    })
    const long = await probeOf('long-sound.mp4', { video: pictures, audio: { parts: [{ sound: 'tone', seconds: 5 }] } })
    expect([short.durationSec, long.durationSec]).toEqual([expect.closeTo(3, 2), expect.closeTo(5, 2)])
  })

  it('does not take the cover of a song for a video', async () => {
    expect((await probeOf('cover.mp3', { audio: sounds, cover: true })).video).toBeNull()
  })

  it('tells the length of a single picture', async () => {
    const facts = await probeOf('one.mp4', { video: { scenes: [{ look: 'red', seconds: 0.04 }] } })
    expect(facts).toEqual({ durationSec: 0.04, video: picturesFacts, audio: null })
  })

  it.each([
    [90, { width: 120, height: 160 }],
    [180, { width: 160, height: 120 }],
    [270, { width: 120, height: 160 }],
  ] as const)('gives the size of a video that is turned by %i degrees as it is shown', async (turned, size) => {
    const facts = await probeOf(`turned-${turned}.mp4`, { video: pictures, turned })
    expect(facts.video).toEqual(size)
  })

  it('gives the size of a video whose pixels are wider than high as it is shown', async () => {
    const facts = await probeOf('wide.mp4', { video: { ...pictures, width: 180, height: 144, pixelAspect: '16/15' } })
    expect(facts.video).toEqual({ width: 192, height: 144 })
  })
})
