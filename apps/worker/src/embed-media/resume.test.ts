import { setTimeout as sleep } from 'node:timers/promises'
import type { MediaResult } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import {
  dimensions,
  embed,
  memoryPartials,
  readableEngines,
  type Script,
  scriptedMedia,
} from './embed-media.fixture.ts'
import type { Findings } from './findings.ts'
import type { Pass } from './pass.ts'
import { embedPictures } from './pictures.ts'

const film: Script = {
  durationSec: 26.5,
  scenes: [0, 4.25, 9.5, 15, 20.25].map((fromSec, i) => ({ fromSec, colour: [40 * i, 255 - 40 * i, 80] })),
  loudness: (sec) => (sec % 7) / 7,
}
const fixed = { segmentation: { strategy: 'fixed', duration_sec: 3 } }
const dynamic = { segmentation: { strategy: 'dynamic', min_duration_sec: 4 } }
const offset = { ...fixed, start_sec: 2.3, end_sec: 19.9 }

/** What was kept says which clips are done. */
function doneOf(bytes: Uint8Array | null): Record<string, number> {
  if (!bytes) return {}
  const text = Buffer.from(bytes).toString('latin1')
  const options: { option: string; done: number }[] = JSON.parse(/"options":(\[.*?\}\])/.exec(text)?.[1] ?? '[]')
  return Object.fromEntries(options.map(({ option, done }) => [option, done]))
}

/** Runs a film with an engine that falls over at its call number `n`, and then again with what that left. */
async function crashAt(n: number, input: object) {
  let calls = 0
  const { kept, partials } = memoryPartials()
  const crashing = readableEngines(async () => {
    // As long as the file takes that is written meanwhile.
    await sleep(1)
    if (++calls === n) throw new Error('killed')
  })
  const settings = { keepEveryMs: 0 }
  const first = await embed('video', input, {
    ...{ media: scriptedMedia(film), engines: crashing.engines, partials, settings },
  }).catch((error: Error) => error)
  if (!(first instanceof Error)) return null
  expect(first.message).toBe('killed')
  const done = doneOf(kept.bytes)
  const { engines, calls: made } = readableEngines()
  const { result, told } = await embed('video', input, { media: scriptedMedia(film), engines, partials, settings })
  return { result, told, done, made }
}

function expectSame(one: MediaResult, other: MediaResult): void {
  const { embeddings: these, ...facts } = one
  const { embeddings: those, ...sameFacts } = other
  expect(facts).toEqual(sameFacts)
  expect(these.map(({ embedding: _, ...where }) => where)).toEqual(those.map(({ embedding: _, ...where }) => where))
  for (const [i, { embedding }] of these.entries())
    for (const [k, number] of embedding.entries()) expect(number).toBeCloseTo(those[i]?.embedding[k] as number, 6)
}

describe('an attempt after one that was cut off', () => {
  it.each([
    ['fixed clips', fixed],
    ['scenes', dynamic],
    ['a window', offset],
  ])('gives the same result wherever that was, with %s', async (_, input) => {
    const { result: whole } = await embed('video', input, { media: scriptedMedia(film) })
    let resumed = 0
    for (let n = 1; ; n++) {
      const again = await crashAt(n, input)
      if (!again) break
      expectSame(again.result, whole)
      if (Object.values(again.done).some((done) => done > 0)) resumed++
    }
    expect(resumed).toBeGreaterThan(3)
  })

  it('computes nothing again of the clips that were kept', async () => {
    for (let n = 2; ; n += 3) {
      const again = await crashAt(n, fixed)
      if (!again) break
      const { done, made, result } = again
      const { clips } = result
      // The last clip is 2.5 s long, so three pictures of it are looked at, as of every other.
      expect(sum(made.images)).toBe(3 * (clips - (done.visual ?? 0)))
      expect(sum(made.sounds)).toBe(clips - (done.audio ?? 0))
    }
  })

  it('says where it goes on', async () => {
    let last: Awaited<ReturnType<typeof crashAt>> = null
    for (let n = 2; ; n++) {
      const again = await crashAt(n, fixed)
      if (!again) break
      last = again
    }
    const done = last?.done.audio ?? 0
    expect(last?.told[0]?.message).toMatch(/^resumed at clip \d of 9, /)
    expect(done).toBeGreaterThan(0)
    expect(last?.told.filter(({ message }) => message?.startsWith('resumed'))).toHaveLength(1)
  })

  it.each([
    ['text', Buffer.from('hello')],
    ['nothing', new Uint8Array()],
    ['a header that is cut off', Buffer.from('IQM1\xff\xff\0\0{', 'latin1')],
    ['a header that is no JSON', Buffer.from('IQM1\x04\0\0\0{{{{', 'latin1')],
    ['another header', Buffer.from('IQM1\x04\0\0\0{}  ', 'latin1')],
  ])('begins anew when what was kept is %s', async (_, bytes) => {
    const partials = { load: async () => bytes, save: async () => {} }
    const { result, told } = await embed('video', fixed, { media: scriptedMedia(film), partials })
    expectSame(result, (await embed('video', fixed, { media: scriptedMedia(film) })).result)
    expect(told[0]?.message).toMatch(/^clip 1 of 9/)
  })

  it.each([
    ['of other work', { ...fixed, start_sec: 1 }],
    ['of other options', { ...fixed, embedding_options: ['visual'] }],
  ])('begins anew when what was kept is %s', async (_, other) => {
    const { kept, partials } = memoryPartials()
    const settings = { keepEveryMs: 0 }
    const { engines } = readableEngines(() => sleep(1))
    await embed('video', fixed, { media: scriptedMedia(film), engines, partials, settings })
    expect(kept.saves).toBeGreaterThan(0)
    const { result, told } = await embed('video', other, { media: scriptedMedia(film), partials })
    expectSame(result, (await embed('video', other, { media: scriptedMedia(film) })).result)
    expect(told[0]?.message).toMatch(/^clip 1 /)
  })

  it('begins anew when what was kept cannot be loaded, and goes on when nothing can be kept', async () => {
    const broken = async () => {
      throw new Error('no file store')
    }
    const partials = { load: broken, save: broken }
    const { engines } = readableEngines(() => sleep(1))
    const { result } = await embed('video', fixed, {
      ...{ media: scriptedMedia(film), engines, partials, settings: { keepEveryMs: 0 } },
    })
    expect(result.clips).toBe(9)
  })

  it('looks for no further clip when the last one of all was kept', async () => {
    const clips = [
      { startSec: 0, endSec: 15 },
      { startSec: 15, endSec: 26.5 },
    ]
    const vectors: Findings['vectors'] = new Map([['visual', clips.map(() => new Float32Array(dimensions))]])
    const findings = { clips, areAllClips: false, vectors, shown: null }
    const pass: Pass = {
      ...{ media: scriptedMedia(film), path: '/nowhere', window: { startSec: 0, endSec: 26.5 }, findings, dimensions },
      ...{ signal: new AbortController().signal, timings: { computingMs: 0 }, reached() {}, found() {} },
    }
    const { engines, calls } = readableEngines()
    await embedPictures(pass, { strategy: 'dynamic', min_duration_sec: 4 }, await engines.image())
    expect(findings).toMatchObject({ areAllClips: true, clips: { length: 2 } })
    expect(calls.images).toEqual([])
  })

  it('keeps nothing before it is time', async () => {
    const { kept, partials } = memoryPartials()
    await embed('video', fixed, { media: scriptedMedia(film), partials })
    expect(kept.saves).toBe(0)
  })
})

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)
