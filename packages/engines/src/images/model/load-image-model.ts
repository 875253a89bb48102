import { AutoConfig, AutoImageProcessor } from '@huggingface/transformers'
import { fieldOf } from '../../field-of.ts'
import type { ModelThreadOptions } from '../../onnx/messages.ts'
import { openOnFirstDevice, pathOf } from '../../onnx/open-model.ts'
import { imagePartOf } from '../../onnx/parts.ts'
import { type Preprocessing, readPreprocessing } from '../reading/preprocessing.ts'
import type { Said } from './readers.ts'

/** Loads the network, and reads what its files say about labels, scores, vectors and the images it wants. */
export async function loadImageModel(options: ModelThreadOptions) {
  const path = pathOf(options)
  const config = await AutoConfig.from_pretrained(path)
  const preprocessing = await loadPreprocessing(path)
  const part = imagePartOf(config.model_type)
  const { model, device, failedDevices } = await openOnFirstDevice(path, options, part?.Model)
  return {
    network: model,
    device,
    failedDevices,
    preprocessing,
    said: {
      modelType: config.model_type,
      namesById: namesById(config),
      isMultiLabel: fieldOf(config, 'problem_type') === 'multi_label_classification',
      vectorOutputs: part?.vectors,
    } satisfies Said,
  }
}

/**
 * The library finds and keeps the file. What it would then do to an image takes longer than most models do, and on the
 * model's thread: see reading/ for what is done instead.
 */
async function loadPreprocessing(path: string): Promise<Preprocessing> {
  const { config } = await AutoImageProcessor.from_pretrained(path)
  return readPreprocessing({ ...config })
}

function namesById(config: object): ReadonlyMap<number, string> {
  const names = fieldOf(config, 'id2label')
  return new Map(Object.entries(names ?? {}).map(([id, name]) => [Number(id), String(name)]))
}
