import { join } from 'node:path'

/** `model_type` in the configuration of the built-in model for sound. */
export const speechEmbeddingType = 'speech-embedding'

/** Its two networks: from samples to frames, and from frames to vectors. */
export const networkFiles = (folder: string) => ({
  toFrames: join(folder, 'onnx', 'melspectrogram.onnx'),
  toVectors: join(folder, 'onnx', 'model.onnx'),
})
