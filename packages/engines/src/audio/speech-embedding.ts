import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Sound } from '../engine.ts'
import { networkFiles } from '../models/speech-embedding-files.ts'
import { onFirstDevice } from '../onnx/first-device.ts'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { pathOf } from '../onnx/open-model.ts'
import type { AudioNetwork } from './audio-network.ts'
import { meanSpeechEmbedding } from './mean-speech-embedding.ts'

const sampleRate = 16_000
/** A frame is 10 ms; the network looks at 0.76 s at a time. */
const bands = 32
const framesPerWindow = 76
const framesPerStep = 8
const width = 96
/** Long enough for three windows. */
const minSamples = 0.96 * sampleRate
/** Bounds memory, which is what grows with windows together; time is the same. */
const windowsPerRun = 16

/** Google's speech embedding, one vector for each window: their mean and their spread are those of the sound. */
export async function openSpeechEmbedding(options: ModelThreadOptions): Promise<AudioNetwork> {
  const files = networkFiles(pathOf(options))
  const { model: sessions, ...opened } = await onFirstDevice(options.device, async (device) => {
    const settings = { executionProviders: [device], ...threadsOf(options) }
    return {
      toFrames: await InferenceSession.create(files.toFrames, settings),
      toVectors: await InferenceSession.create(files.toVectors, settings),
    }
  })

  return {
    ...opened,
    sampleRate,
    maxSeconds: 10,

    async embed(sound, isCancelled) {
      const frames = await numbersOf(sessions.toFrames, samplesOf(sound))
      const windows = windowsOf(frames.map((value) => value / 10 + 2))
      const vectors: Float32Array[] = []
      for (let start = 0; start < windows.length; start += windowsPerRun) {
        if (isCancelled()) return null
        const run = windows.slice(start, start + windowsPerRun)
        const numbers = await numbersOf(sessions.toVectors, run, framesPerWindow, bands, 1)
        for (let row = 0; row < run.length; row++) vectors.push(numbers.subarray(row * width, (row + 1) * width))
      }
      return meanAndSpread(vectors).map((value, i) => value - (meanSpeechEmbedding[i] ?? 0))
    },

    dispose: () => Promise.all([sessions.toFrames.release(), sessions.toVectors.release()]),
  }
}

/** As whole numbers of 16 bits, which the network was made for, with silence behind what is too short. */
function samplesOf(sound: Sound): Float32Array[] {
  const samples = new Float32Array(Math.max(minSamples, sound.length))
  for (const [i, sample] of sound.entries()) samples[i] = sample * 32_767
  return [samples]
}

function windowsOf(frames: Float32Array): Float32Array[] {
  const windows: Float32Array[] = []
  for (let start = 0; start + framesPerWindow <= frames.length / bands; start += framesPerStep) {
    windows.push(frames.subarray(start * bands, (start + framesPerWindow) * bands))
  }
  return windows
}

/** Of each number, and one list after the other. */
function meanAndSpread(vectors: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const result = new Float32Array(2 * width)
  for (let i = 0; i < width; i++) {
    const values = vectors.map((vector) => vector[i] ?? 0)
    const mean = meanOf(values)
    result[i] = mean
    result[width + i] = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
  }
  return result
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

const threadsOf = ({ intraOpThreads }: ModelThreadOptions) =>
  intraOpThreads === undefined ? {} : { intraOpNumThreads: intraOpThreads }

/** What a session with one input and one output makes of rows of numbers, each row of this shape. */
async function numbersOf(session: InferenceSession, rows: readonly Float32Array[], ...shape: readonly number[]) {
  const length = rows.reduce((sum, row) => sum + row.length, 0)
  const data = new Float32Array(length)
  for (const [i, row] of rows.entries()) data.set(row, (i * length) / rows.length)
  const [input, output] = [session.inputNames[0], session.outputNames[0]]
  if (input === undefined || output === undefined) throw new Error('the network has no input or no output')
  const dims = [rows.length, ...(shape.length > 0 ? shape : [length / rows.length])]
  const results = await session.run({ [input]: new Tensor('float32', data, dims) })
  const numbers = results[output]?.data
  if (!(numbers instanceof Float32Array)) throw new Error('the network puts out something that is not numbers')
  return numbers
}
