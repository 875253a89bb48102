import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '@inferq/testkit'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { startTool } from './run-tool.ts'
import { clipFolder, media, runningTools, signal, span, tools } from './testing/media.fixture.ts'

const clips = await clipFolder()
afterAll(clips.remove)

const scenes = [{ look: 'pattern', seconds: 30 }]
const parts = [{ sound: 'sweep', seconds: 30 }] as const
const path = await clips.make('long.mp4', { video: { fps: 10, scenes }, audio: { parts } })
const options = { span: span(0, 30), at: 'scenes', maxSide: 160 } as const

const allGone = () => until(() => runningTools() === 0, { what: 'all programs to be gone' })

const readers = {
  frames: (signal: AbortSignal) => media.frames(path, { ...options, signal }),
  sound: (signal: AbortSignal) => media.sound(path, { span: options.span, sampleRate: 48_000, signal }),
}

/** Writes as fast as it is read, without end. */
const endless = ['-v', 'error', '-f', 'lavfi', '-i', 'color=s=640x480:r=1000', '-f', 'rawvideo', 'pipe:1']

describe.each(['frames', 'sound'] as const)('whoever reads %s', (what) => {
  it('leaves no program behind by stopping early', async () => {
    for await (const _ of readers[what](signal)) break
    await allGone()
  })

  it('gets the reason of the signal when it is aborted, and the program is gone', async () => {
    const aborting = new AbortController()
    const reading = readers[what](aborting.signal)
    await reading.next()
    expect(runningTools()).toBe(1)
    const reason = new Error('that will do')
    aborting.abort(reason)
    // What was written before may still come.
    const rest = async () => {
      for await (const _ of reading);
    }
    await expect(rest()).rejects.toBe(reason)
    await allGone()
  })

  it('starts nothing with a signal that is aborted', async () => {
    await expect(readers[what](AbortSignal.abort(new Error('too late'))).next()).rejects.toThrow('too late')
    await allGone()
  })
})

describe('a program', () => {
  it('does not work ahead of its reader', async () => {
    await using run = startTool(tools.ffmpeg, endless, { signal, maxSilenceMs: 10_000 })
    await run.read(1_000_000)
    const before = process.memoryUsage().arrayBuffers
    // Time in which hundreds of megabytes would come, if anybody took them.
    await sleep(300)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(4_000_000)
    expect((await run.read(1_000_000)).length).toBe(1_000_000)
  })

  it('is not taken for stuck while nobody waits for it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      await using run = startTool(tools.ffmpeg, endless, { signal, maxSilenceMs: 60_000 })
      await run.read(10)
      vi.advanceTimersByTime(3_600_000)
      expect((await run.read(1_000_000)).length).toBe(1_000_000)
    } finally {
      vi.useRealTimers()
    }
  })

  it('is killed when it writes nothing for too long', async () => {
    await using run = startTool('sleep', ['600'], { signal, maxSilenceMs: 20 })
    expect(await run.readSome()).toBeNull()
    await expect(run.finish()).rejects.toEqual(expect.objectContaining({ code: 'INPUT_UNREADABLE' }))
  })

  it('that dies is tried again: it may have been the memory of the machine', async () => {
    await using run = startTool('sh', ['-c', 'kill -9 $$'], { signal, maxSilenceMs: 10_000 })
    await expect(run.finish()).rejects.toEqual(expect.objectContaining({ code: 'ENGINE_FAILED' }))
  })

  it('sees nothing of our environment', async () => {
    await using run = startTool('env', [], { signal, maxSilenceMs: 10_000 })
    const text = Buffer.from(await run.read(10_000)).toString()
    expect(text.split('\n').filter((line) => /^\w+=/.test(line))).toEqual([expect.stringMatching('GCONV_PATH=')])
  })
})
