import { JobError, type ModelSource } from '@inferq/contracts'
import { createAudioEngine } from './audio/audio-engine.ts'
import { type BatchingOptions, batched } from './batching/batcher.ts'
import type { EngineLog } from './engine.ts'
import { EngineSet } from './engine-set.ts'
import { createHttpEngine, type HttpSettings } from './http/http-engine.ts'
import { createImageEngine } from './images/image-engine.ts'
import type { DecodeLimits } from './images/reading/decoder.ts'
import type { EngineSets, PartName } from './media/media-models.ts'
import { createOnnxEngine } from './onnx/onnx-engine.ts'
import type { OnnxSettings } from './onnx/settings.ts'
import { createSpeechEngine } from './speech/speech-engine.ts'

/** What the runtimes of a worker have in common. */
export interface RuntimeSettings {
  /** Where model folders are, and where built-in models are written on first need. */
  readonly modelsDir: string
  readonly onnx?: OnnxSettings
  readonly http?: HttpSettings
  readonly batching?: BatchingOptions
  /** What an image may be that is decoded: by default up to 100 megapixels, and 20 seconds. */
  readonly imageLimits?: Partial<DecodeLimits>
  readonly log?: EngineLog
}

/** Which runtime opens the models of each kind. */
export function openSets(sources: Record<PartName, readonly ModelSource[]>, settings: RuntimeSettings): EngineSets {
  const { modelsDir, onnx, log, batching, imageLimits: limits } = settings
  const local = (source: ModelSource) => ({ ...onnx, ...named(source), modelsDir, ...(log && { log }) })
  return {
    text: new EngineSet(sources.text, async (source) => batched(await openText(source, settings), batching)),
    image: new EngineSet(sources.image, async (source) => createImageEngine({ ...local(source), limits })),
    audio: new EngineSet(sources.audio, async (source) => createAudioEngine(local(source))),
    speech: new EngineSet(sources.speech, async (source) => createSpeechEngine(local(source))),
  }
}

async function openText(source: ModelSource, { modelsDir, onnx, http, log }: RuntimeSettings) {
  if (source.kind === 'onnx') return createOnnxEngine({ ...onnx, ...named(source), modelsDir, ...(log && { log }) })
  const { name, baseUrl, remoteModel } = source
  return createHttpEngine({ ...http, model: name, baseUrl, remoteModel })
}

function named(source: ModelSource) {
  if (source.kind === 'onnx') return { model: source.name, source: source.source }
  throw new JobError('MODEL_LOAD_FAILED', `the model "${source.name}" is a server, and those serve text models only`)
}
