export { type BatchingOptions, batched } from './batching/batcher.ts'
export type {
  EmbedResult,
  EngineHealth,
  EngineLog,
  FoundRegion,
  ImageEngine,
  ImageToRead,
  TextEngine,
} from './engine.ts'
export { createEngines, type EngineDescription, type Engines, type EnginesOptions } from './engines.ts'
export { createHttpEngine, type HttpEngineOptions, type HttpSettings } from './http/http-engine.ts'
export { createImageEngine, type ImageEngineOptions } from './images/image-engine.ts'
export { ensureCocoObjects } from './models/coco-objects.ts'
export { tinyImageLabels, writeTinyDetectorModel, writeTinyImageModel } from './models/tiny-image-model.ts'
export { tinyTextDimensions, writeTinyTextModel } from './models/tiny-text-model.ts'
export { ensureUseLiteEn } from './models/use-lite.ts'
export { createOnnxEngine, type OnnxEngineOptions } from './onnx/onnx-engine.ts'
export type { OnnxSettings } from './onnx/settings.ts'
