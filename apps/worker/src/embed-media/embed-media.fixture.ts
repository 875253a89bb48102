import { embedAudio, embedVideo, MediaResult } from '@inferq/contracts'
import type { AudioEngine, Engines, ImageEngine, Sound, SpeechEngine, TextEngine } from '@inferq/engines'
import { normalise } from '@inferq/engines'
import { type Media, sceneThreshold } from '@inferq/media'
import type { HandlerContext } from '../define-handler.ts'
import { fakeAudioEngine, fakeEngines, fakeImageEngine, fakeLoadImages, fakeSpeechEngine } from '../worker.fixture.ts'
import { embedMedia, type MediaSettings } from './embed-media.ts'

export type Colour = readonly [red: number, green: number, blue: number]

/** A medium as it could be written down: pictures of one colour each, sound of one loudness for each second. */
export interface Script {
  readonly durationSec: number
  /** From each of these times on, pictures of this colour; absent: no pictures. */
  readonly scenes?: readonly { readonly fromSec: number; readonly colour: Colour }[]
  /** When pictures are shown; absent: four times a second. */
  readonly picturesAt?: readonly number[]
  /** 0 to 1; absent: no sound. */
  readonly loudness?: (sec: number) => number
  /** Where the sound ends; absent: with the medium. */
  readonly soundEndsAt?: number
}

const sampleRate = 100

/** Plays a script, as the real one plays a file. */
export function scriptedMedia(script: Script): Media {
  const { durationSec, scenes, loudness, soundEndsAt = durationSec } = script
  const picturesAt = script.picturesAt ?? Array.from({ length: durationSec * 4 }, (_, i) => i / 4)
  return {
    probe: async () => ({
      durationSec,
      video: scenes ? { width: 640, height: 480 } : null,
      audio: loudness ? { sampleRate, channels: 1 } : null,
    }),
    async *frames(_, { span, at, signal }) {
      let [scene, readAt]: [unknown, number] = [undefined, Number.NEGATIVE_INFINITY]
      for (const atSec of picturesAt) {
        if (atSec < span.startSec || atSec >= span.endSec) continue
        signal.throwIfAborted()
        const shown = scenes?.findLast(({ fromSec }) => fromSec <= atSec)
        const isNew = scene !== undefined && shown !== scene
        const [before, now] = [readAt, atSec].map((sec) => Math.floor(sec - span.startSec)) as [number, number]
        const isWanted = at === 'steps' ? now > before : isNew || atSec - readAt >= 1
        scene = shown
        if (!isWanted) continue
        readAt = atSec
        const pixels = Uint8Array.of(...(shown?.colour ?? [0, 0, 0]))
        yield { atSec, sceneScore: isNew ? sceneThreshold + 0.1 : 0, width: 1, height: 1, pixels }
      }
    },
    async *sound(_, { span, sampleRate, signal }) {
      const end = Math.min(span.endSec, soundEndsAt)
      for (let atSec = span.startSec; atSec < end; atSec += 0.5) {
        signal.throwIfAborted()
        const length = Math.round(Math.min(0.5, end - atSec) * sampleRate)
        yield Float32Array.from({ length }, (_, i) => loudness?.(Math.floor(atSec + i / sampleRate + 1e-9)) ?? 0)
      }
    },
  }
}

/** Every call of an engine, and what it may do before it answers. */
export interface Calls {
  readonly images: number[]
  readonly sounds: number[]
  readonly texts: string[]
}

export const dimensions = 4
export const unit = (...numbers: number[]): number[] => [...normalise(Float32Array.from(numbers))]

/** Engines whose vectors one can foretell: the colour of a picture, the loudness of a sound, the length of a text. */
export function readableEngines(beforeEach: () => void | Promise<void> = () => {}) {
  const calls: Calls = { images: [], sounds: [], texts: [] }
  const times = { preparingMs: 0, computingMs: 1 }
  const image: Partial<ImageEngine> = {
    async embed(images, { signal }) {
      await beforeEach()
      signal.throwIfAborted()
      calls.images.push(images.length)
      return { embeddings: images.map(({ bytes }) => normalise(Float32Array.of(...meanColour(bytes), 1))), ...times }
    },
  }
  const audio: Partial<AudioEngine> = {
    sampleRate,
    maxSeconds: 4,
    async embed(sounds, { signal }) {
      await beforeEach()
      signal.throwIfAborted()
      calls.sounds.push(sounds.length)
      return { embeddings: sounds.map((sound) => normalise(Float32Array.of(0, 0, loudnessOf(sound), 1))), ...times }
    },
  }
  const speech: Partial<SpeechEngine> = {
    sampleRate,
    maxSeconds: 3,
    async transcribe(sounds, { signal }) {
      await beforeEach()
      signal.throwIfAborted()
      return { texts: sounds.map((sound) => (loudnessOf(sound) >= 0.5 ? ' loud ' : '')), ...times }
    },
  }
  const text: Partial<TextEngine> = {
    async embed(texts, { signal }) {
      await beforeEach()
      signal.throwIfAborted()
      calls.texts.push(...texts)
      return { embeddings: texts.map((text) => normalise(Float32Array.of(text.length, 0, 0, 1))), ...times }
    },
  }
  const model = { name: 'all', dimensions, text: 't', image: 'i', audio: 'a', speech: 's' }
  const engines = fakeEngines([], 0, {
    media: () => model,
    text: async () => ({ ...(await fakeEngines([]).text()), ...text }),
    image: async () => fakeImageEngine(image),
    audio: async () => fakeAudioEngine(audio),
    speech: async () => fakeSpeechEngine(speech),
  })
  return { engines, calls }
}

function meanColour(pixels: Uint8Array): number[] {
  const sums = [0, 0, 0]
  for (const [i, value] of pixels.entries()) sums[i % 3] = (sums[i % 3] as number) + value / 255
  return sums.map((sum) => sum / (pixels.length / 3))
}

function loudnessOf(sound: Sound): number {
  let sum = 0
  for (const sample of sound) sum += Math.abs(sample)
  return sum / sound.length
}

/** A file of partial results in memory. */
export function memoryPartials() {
  const kept: { bytes: Uint8Array | null; saves: number } = { bytes: null, saves: 0 }
  return {
    kept,
    partials: {
      load: async () => kept.bytes,
      async save(bytes: Uint8Array) {
        kept.bytes = bytes
        kept.saves++
      },
    },
  }
}

export interface Told {
  readonly fraction: number
  readonly message: string | undefined
}

export interface Run {
  readonly media: Media
  readonly engines?: Engines
  readonly path?: string
  readonly partials?: HandlerContext['partials']
  readonly signal?: AbortSignal
  readonly settings?: MediaSettings
}

/** Runs a job as far as its result, which is read as a client would. */
export async function embed(kind: 'audio' | 'video', input: object, run: Run) {
  const { media, engines = readableEngines().engines, path = '/nowhere', settings } = run
  const { partials = memoryPartials().partials, signal = new AbortController().signal } = run
  const told: Told[] = []
  const context: HandlerContext = {
    engines,
    media,
    partials,
    signal,
    loadImages: fakeLoadImages,
    loadMedia: async () => ({ path, [Symbol.asyncDispose]: async () => {} }),
    progress: (fraction, message) => void told.push({ fraction, message }),
    timings: { computingMs: 0 },
  }
  const given = { source: { base64: 'AAAA' }, ...input }
  const parsed = kind === 'audio' ? embedAudio.input.parse(given) : embedVideo.input.parse(given)
  const { pieces } = await embedMedia(kind, parsed, context, settings)
  const text = (await Array.fromAsync(pieces)).join('')
  return { result: MediaResult.parse(JSON.parse(text)), told, timings: context.timings }
}

/** `visual clip 0-4` for each entry. */
export const entriesOf = ({ embeddings }: MediaResult): string[] =>
  embeddings.map((one) => `${one.embedding_option} ${one.embedding_scope} ${one.start_sec}-${one.end_sec}`)
