export { createAudioEngine } from './audio/audio-engine.ts'
export { type BatchingOptions, batched } from './batching/batcher.ts'
export type {
  AudioEngine,
  EmbedResult,
  EngineHealth,
  EngineLog,
  FoundRegion,
  ImageEngine,
  ImageToRead,
  Sound,
  SpeechEngine,
  TextEngine,
} from './engine.ts'
export {
  type ConfiguredMediaModel,
  createEngines,
  type EngineDescription,
  type Engines,
  type EnginesOptions,
} from './engines.ts'
export { createHttpEngine, type HttpEngineOptions, type HttpSettings } from './http/http-engine.ts'
export { createImageEngine, type ImageEngineOptions } from './images/image-engine.ts'
export { ensureCocoObjects } from './models/coco-objects.ts'
export { ensureSpeechEmbedding } from './models/speech-embedding.ts'
export { tinyAudioDimensions, writeTinyAudioModel } from './models/tiny-audio-model.ts'
export { tinyClipDimensions, writeTinyClipModel } from './models/tiny-clip-model.ts'
export { tinyImageLabels, writeTinyDetectorModel, writeTinyImageModel } from './models/tiny-image-model.ts'
export { writeTinySpeechModel } from './models/tiny-speech-model.ts'
export { tinyTextDimensions, writeTinyTextModel } from './models/tiny-text-model.ts'
export { ensureUseLiteEn } from './models/use-lite.ts'
export { createOnnxEngine, type OnnxEngineOptions } from './onnx/onnx-engine.ts'
export type { OnnxSettings } from './onnx/settings.ts'
export type { SoundEngineOptions } from './sound/sound-model.ts'
export { createSpeechEngine } from './speech/speech-engine.ts'
export { normalise } from './vectors.ts'
