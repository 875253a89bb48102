import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGraph } from './graph.ts'

export const tinyAudioDimensions = 8
export const tinyAudioSeconds = 10
const sampleRate = 48_000

/**
 * For tests: writes a model of the Hub's layout into `folder`, with the part of a CLAP that listens. Each number of its
 * vector is how loud one band of frequencies is, the lowest first: a tone is near to tones of about its height.
 */
export async function writeTinyAudioModel(folder: string): Promise<void> {
  const writeJson = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await writeFile(join(folder, 'onnx', 'audio_model.onnx'), model())
  await writeJson('config.json', { model_type: 'clap', architectures: ['ClapModel'] })
  await writeJson('preprocessor_config.json', {
    feature_extractor_type: 'ClapFeatureExtractor',
    sampling_rate: sampleRate,
    max_length_s: tinyAudioSeconds,
    nb_max_samples: tinyAudioSeconds * sampleRate,
    feature_size: tinyAudioDimensions,
    fft_window_size: 1_024,
    nb_frequency_bins: 513,
    // Far apart, so that a test of ten seconds is quick.
    hop_length: 4_800,
    frequency_min: 50,
    frequency_max: 14_000,
    padding: 'repeatpad',
    truncation: 'rand_trunc',
  })
}

/** What comes in are decibels, from -100 for nothing on. */
function model(): Uint8Array {
  const graph = createGraph()
  const loudness = graph.op('Add', ['input_features', graph.float(100)])
  graph.named('audio_embeds', 'ReduceMean', [loudness], { axes: [1, 2], keepdims: 0 })
  return graph.write(
    { input_features: { type: 'float32', shape: ['batch', 1, 'frames', tinyAudioDimensions] } },
    { audio_embeds: { type: 'float32', shape: ['batch', tinyAudioDimensions] } },
  )
}
