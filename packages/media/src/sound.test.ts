import { afterAll, describe, expect, it } from 'vitest'
import { allSound, clipFolder, media, signal, span } from './testing/media.fixture.ts'

const clips = await clipFolder()
afterAll(clips.remove)

const rate = 16_000
const sweep = { parts: [{ sound: 'sweep', seconds: 8 }] } as const
/** The sweep as the testkit makes it. */
const sweepAt = (seconds: number) => 0.5 * Math.sin(2 * Math.PI * (200 * seconds + 40 * seconds ** 2))

const largestDifference = (one: Float32Array, other: Float32Array) =>
  one.reduce((largest, sample, index) => Math.max(largest, Math.abs(sample - (other[index] ?? Number.NaN))), 0)

/** Between samples from a moment on and the sweep; the first and last moments are not heard as they were made. */
const errorOf = (samples: Float32Array, startSec: number) =>
  samples
    .subarray(800, -800)
    .reduce(
      (largest, sample, index) => Math.max(largest, Math.abs(sample - sweepAt(startSec + (index + 800) / rate))),
      0,
    )

/** What is lost in coding and resampling; a sound that comes one sample late differs by 0.16 in the end. */
const lossless = 0.005
const lossy = 0.08

describe('sound', () => {
  it.each([
    ['.wav', lossless],
    ['.flac', lossless],
    ['.mkv', lossless],
    ['.m4a', lossy],
    ['.mp3', lossy],
  ])('comes at its time, from the start and from the middle: %s', async (extension, tolerance) => {
    const path = await clips.make(`times${extension}`, { audio: sweep })
    const whole = await allSound(path, span(0, 8))
    expect(whole).toHaveLength(8 * rate)
    expect(errorOf(whole, 0)).toBeLessThan(tolerance)
    expect(errorOf(await allSound(path, span(3.25, 6)), 3.25)).toBeLessThan(tolerance)
  })

  it.each([
    ['.wav', 0],
    ['.flac', 0],
    ['.mkv', 0],
    ['.mp3', 0],
    // Read from the middle, and what was heard before plays into what is heard.
    ['.m4a', 0.001],
  ])('is the same in parts as in one: %s', async (extension, tolerance) => {
    const path = await clips.make(`parts${extension}`, { audio: sweep })
    const whole = await allSound(path, span(0, 8))
    const bounds = [0, 2.5, 4.123, 7.3, 8]
    let at = 0
    for (const [index, start] of bounds.slice(0, -1).entries()) {
      const part = await allSound(path, span(start, bounds[index + 1] ?? 8))
      expect(largestDifference(part, whole.subarray(at, at + part.length))).toBeLessThanOrEqual(tolerance)
      at += part.length
    }
    expect(at).toBe(whole.length)
  })

  it('comes in pieces of at most a second', async () => {
    const path = await clips.make('pieces.wav', { audio: sweep })
    const lengths: number[] = []
    for await (const piece of media.sound(path, { span: span(0.5, 4), sampleRate: 8_000, signal })) {
      lengths.push(piece.length)
    }
    expect(Math.max(...lengths)).toBeLessThanOrEqual(8_000)
    expect(lengths.reduce((sum, length) => sum + length)).toBe(3.5 * 8_000)
  })

  it('of two channels is heard as one, never louder than 1', async () => {
    const parts = [{ sound: 'sweep', seconds: 2 }] as const
    const one = await allSound(await clips.make('mono.wav', { audio: { parts } }), span(0, 2))
    const two = await allSound(await clips.make('stereo.wav', { audio: { parts, channels: 2 } }), span(0, 2))
    expect(largestDifference(one, two)).toBeLessThan(0.001)
  })

  it('ends where it ends, although the pictures go on', async () => {
    const path = await clips.make('short.mp4', {
      video: { scenes: [{ look: 'red', seconds: 5 }] },
      audio: { parts: [{ sound: 'sweep', seconds: 2 }] },
    })
    const samples = await allSound(path, span(0, 5))
    expect(Math.abs(samples.length - 2 * rate)).toBeLessThan(0.05 * rate)
    expect(await allSound(path, span(3, 5))).toHaveLength(0)
  })

  it('goes on where the pictures have ended', async () => {
    const path = await clips.make('long.mp4', {
      video: { scenes: [{ look: 'red', seconds: 2 }] },
      audio: { parts: [{ sound: 'sweep', seconds: 5 }] },
    })
    expect(await allSound(path, span(0, 5))).toHaveLength(5 * rate)
    expect(errorOf(await allSound(path, span(3, 5)), 3)).toBeLessThan(lossy)
  })

  it('counts from the start of the medium also where its times begin elsewhere', async () => {
    const path = await clips.make('broadcast.ts', {
      video: { scenes: [{ look: 'pattern', seconds: 4 }] },
      audio: { parts: [{ sound: 'sweep', seconds: 4 }] },
    })
    const whole = await allSound(path, span(0, 4))
    const part = await allSound(path, span(1, 3))
    expect(largestDifference(part, whole.subarray(rate, 3 * rate))).toBe(0)
  })
})
