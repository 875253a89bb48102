import type { ClipSpec } from '@inferq/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { createSceneCutter } from './scene-cutter.ts'
import { allFrames, clipFolder, media, signal, span } from './testing/media.fixture.ts'
import type { Frame, Span } from './types.ts'

const clips = await clipFolder()
afterAll(clips.remove)

const times = (frames: readonly Frame[]) => frames.map(({ atSec }) => atSec)

async function sceneBounds(path: string, within: Span, minSeconds: number): Promise<number[]> {
  const cutter = createSceneCutter(within, minSeconds)
  const frames = await allFrames(path, { span: within, at: 'scenes' })
  const cut = [...frames.flatMap(({ atSec, sceneScore }) => cutter.push(atSec, sceneScore)), ...cutter.end()]
  return [...cut.map(({ startSec }) => startSec), within.endSec]
}

const looks = (...seconds: number[]) =>
  seconds.map((length, index) => ({ look: ['red', 'pattern', 'blue', 'fractal'][index] ?? 'white', seconds: length }))

describe('cuts between scenes', () => {
  it.each([
    ['.mp4', 25, 0.04],
    ['.mp4', '30000/1001', 1_001 / 30_000],
    ['.mp4', 10, 0.1],
    ['.avi', 10, 0.1],
    // Times in it are counted in milliseconds.
    ['.mkv', 25, 0.04],
  ] as const)('are found to the picture in %s at %s pictures per second', async (extension, fps, step) => {
    const path = await clips.make(`cuts-${String(fps).slice(0, 2)}${extension}`, {
      video: { fps, scenes: looks(2.2, 1.6, 3) },
    })
    const { durationSec } = await media.probe(path, { signal })
    const cuts = [2.2, 3.8].map((seconds) => Math.round(seconds / step))
    const [, first, second] = await sceneBounds(path, span(0, durationSec), 1)
    expect([first, second]).toEqual(cuts.map((count) => expect.closeTo(count * step, 5)))
  })

  it('are found to the picture at a variable rate', async () => {
    const path = await clips.make('variable.mkv', {
      video: {
        ticksPerSecond: 1_000,
        scenes: [
          { look: 'red', seconds: 2.3, fps: 10 },
          { look: 'pattern', seconds: 2, fps: 25 },
          { look: 'blue', seconds: 2, fps: 5 },
          { look: 'fractal', seconds: 2, fps: 20 },
        ],
      },
    })
    expect(await sceneBounds(path, span(0, 8.3), 1)).toEqual([0, 2.3, 4.3, 6.3, 8.3])
  })

  it('count from the start of the medium also where its times begin elsewhere', async () => {
    const path = await clips.make('broadcast.ts', {
      video: { scenes: looks(2, 2) },
      audio: { parts: [{ sound: 'tone', seconds: 4 }] },
    })
    const [first] = await allFrames(path, { span: span(0, 4), at: 'scenes' })
    const [, cut] = await sceneBounds(path, span(0, 4), 1)
    expect(first?.atSec).toBeLessThan(0.1)
    expect(cut).toBeCloseTo(2 + (first?.atSec ?? 0), 5)
  })

  it('are the same ones for a part of the video', async () => {
    const path = await clips.make('part.mp4', { video: { scenes: looks(3, 4, 3, 4) } })
    expect(await sceneBounds(path, span(1.5, 12.5), 1.5)).toEqual([1.5, 3, 7, 10, 12.5])
    // The cut at 3 s comes too early now.
    expect(await sceneBounds(path, span(1.5, 12.5), 2.5)).toEqual([1.5, 7, 10, 12.5])
  })
})

describe('pictures at steps', () => {
  it('are the first ones at or after each whole second of the span', async () => {
    const path = await clips.make('steps.mp4', { video: { fps: '30000/1001', scenes: looks(5) } })
    const at = (count: number) => expect.closeTo((count * 1_001) / 30_000, 6)
    expect(times(await allFrames(path, { span: span(0, 4.5) }))).toEqual([0, 30, 60, 90, 120].map(at))
    expect(times(await allFrames(path, { span: span(1.5, 4) }))).toEqual([45, 75, 105].map(at))
  })

  it('begin with the one at the very start, and leave out the one at the very end', async () => {
    const path = await clips.make('ends.mp4', { video: { fps: 10, scenes: looks(4) } })
    expect(times(await allFrames(path, { span: span(1.3, 3.3) }))).toEqual([1.3, 2.3])
  })

  it('are one of a video of one picture', async () => {
    const path = await clips.make('one.mp4', { video: { scenes: looks(0.04) } })
    const frames = await allFrames(path, { span: span(0, 0.04) })
    expect(times(frames)).toEqual([0])
    expect(times(await allFrames(path, { span: span(0, 0.04), at: 'scenes' }))).toEqual([0])
  })

  it.each(['.mp4', '.avi'])('begin with the picture that stands when none comes soon, in %s', async (extension) => {
    const scenes = [
      { look: 'red', seconds: 10 },
      { look: 'blue', seconds: 10 },
    ]
    const path = await clips.make(`slides${extension}`, { video: { fps: '1/10', scenes } })
    const frames = await allFrames(path, { span: span(3, 18) })
    expect(times(frames)).toEqual([3, 10])
    expect(frames.map(({ pixels: [red = 0] }) => red > 200)).toEqual([true, false])
    expect(times(await allFrames(path, { span: span(12, 18) }))).toEqual([12])
  })
})

describe('pictures read from the middle', () => {
  const video = (keyEvery: number): ClipSpec => ({
    video: { fps: 10, keyEvery, scenes: [...looks(9, 9), { look: 'noise', seconds: 4 }] },
  })

  it.each([
    ['.mp4', 7],
    ['.mp4', 250],
    ['.mkv', 37],
    ['.webm', 37],
    ['.ts', 37],
    ['.avi', 37],
  ])('are those that are read from the start: %s, decodable at each %ith', async (extension, keyEvery) => {
    const path = await clips.make(`middle-${keyEvery}${extension}`, video(keyEvery))
    for (const at of ['steps', 'scenes'] as const) {
      const all = await allFrames(path, { span: span(0, 22), at, maxSide: 80 })
      const some = await allFrames(path, { span: span(17, 21.5), at, maxSide: 80 })
      const same = all.filter(({ atSec }) => atSec >= 17 && atSec < 21.5)
      expect(times(some)).toEqual(times(same))
      expect(some.map(({ pixels }) => Buffer.compare(pixels, same.shift()?.pixels ?? Buffer.of()))).toEqual(
        some.map(() => 0),
      )
    }
  })
})

describe('the size of pictures', () => {
  it('is that of the video, or less, so that the longer side fits', async () => {
    const path = await clips.make('size.mp4', { video: { width: 320, height: 180, scenes: looks(1) } })
    const sizes = async (maxSide: number) => {
      const [frame] = await allFrames(path, { span: span(0, 1), maxSide })
      return [frame?.width, frame?.height, frame?.pixels.length]
    }
    expect(await sizes(1_000)).toEqual([320, 180, 320 * 180 * 3])
    expect(await sizes(101)).toEqual([101, 57, 101 * 57 * 3])
  })

  it('is as the pictures are shown when their pixels are wide', async () => {
    const path = await clips.make('wide.mp4', {
      video: { width: 180, height: 144, pixelAspect: '16/15', scenes: looks(1) },
    })
    const [frame] = await allFrames(path, { span: span(0, 1), maxSide: 500 })
    expect([frame?.width, frame?.height]).toEqual([192, 144])
  })

  it.each([90, 180, 270] as const)('and the pictures are turned as the file says: by %i degrees', async (turned) => {
    const scenes = [{ look: 'pattern', seconds: 1 }]
    const [upright] = await allFrames(await clips.make('upright.mp4', { video: { scenes } }), { span: span(0, 1) })
    const [frame] = await allFrames(await clips.make(`turned${turned}.mp4`, { video: { scenes }, turned }), {
      span: span(0, 1),
    })
    if (upright === undefined || frame === undefined) throw new Error('no pictures')
    expect([frame.width, frame.height]).toEqual(turned === 180 ? [160, 120] : [120, 160])
    // Where the pixel of the upper left corner comes to stand.
    const corner = { 90: frame.width - 1, 180: frame.width * frame.height - 1, 270: frame.width * (frame.height - 1) }
    const pixel = (pixels: Uint8Array, index: number) => [...pixels.subarray(index * 3, index * 3 + 3)]
    for (const step of [0, 3, 7]) {
      // Along the upper row of the upright picture.
      const stride = { 90: frame.width, 180: -1, 270: -frame.width }[turned]
      expect(pixel(frame.pixels, corner[turned] + step * stride)).toEqual(pixel(upright.pixels, step))
    }
  })
})
