import { AutoConfig, AutoImageProcessor } from '@huggingface/transformers'
import type { ModelThreadOptions } from '../../onnx/messages.ts'
import { openOnFirstDevice, pathOf } from '../../onnx/open-model.ts'
import { type Preprocessing, readPreprocessing } from '../reading/preprocessing.ts'

/** Loads the network, and reads what its files say about labels, scores and the images it wants. */
export async function loadImageModel(options: ModelThreadOptions) {
  const path = pathOf(options)
  const config = await AutoConfig.from_pretrained(path)
  const preprocessing = await loadPreprocessing(path)
  const { model, device, failedDevices } = await openOnFirstDevice(path, options)
  return {
    network: model,
    device,
    failedDevices,
    preprocessing,
    namesById: namesById(config),
    isMultiLabel: fieldOf(config, 'problem_type') === 'multi_label_classification',
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

const fieldOf = (value: object, name: string): unknown => Reflect.get(value, name)
