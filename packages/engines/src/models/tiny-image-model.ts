import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGraph } from './graph.ts'
import { meanColours, nameColourVectors, tinyColours, tinyVectorDimensions } from './tiny-colours.ts'

export const tinyImageLabels = tinyColours
const side = 32

/** Rows are the image's mean red, green and blue; a pure colour gives its label 8 and the others -4. */
const weights = Float32Array.of(8, -4, -4, -4, 8, -4, -4, -4, 8)

/** For tests: writes a model of the Hub's layout into `folder` that says which colour an image mostly has, and gives vectors. */
export async function writeTinyImageModel(folder: string): Promise<void> {
  const graph = createGraph()
  const means = meanColours(graph)
  graph.named('logits', 'MatMul', [means, graph.floats([3, 3], weights)])
  nameColourVectors(graph, 'pooler_output', means)
  const model = graph.write(
    { pixel_values: { type: 'float32', shape: ['batch', 3, 'height', 'width'] } },
    {
      logits: { type: 'float32', shape: ['batch', 3] },
      pooler_output: { type: 'float32', shape: ['batch', tinyVectorDimensions] },
    },
  )
  await writeModel(folder, model, { model_type: 'vit', architectures: ['ViTForImageClassification'] })
}

/**
 * For tests: the same for a model with boxes. It sees four things, the quarters of the image, and says of each which
 * colour it mostly has, or that there is nothing when it has none.
 */
export async function writeTinyDetectorModel(folder: string): Promise<void> {
  const graph = createGraph()
  const quarter = side / 2
  const means = graph.op('AveragePool', ['pixel_values'], {
    kernel_shape: [quarter, quarter],
    strides: [quarter, quarter],
  })
  const quarters = graph.op('Transpose', [graph.op('Reshape', [means, graph.ints([0, 3, 4])])], { perm: [0, 2, 1] })
  const colours = graph.op('MatMul', [quarters, graph.floats([3, 3], weights)])
  const one = graph.op('Slice', [quarters, graph.ints([0]), graph.ints([1]), graph.ints([2])])
  const nothing = graph.op('Mul', [one, graph.float(0)])
  graph.named('logits', 'Concat', [colours, nothing], { axis: 2 })
  const boxes = [0.25, 0.75].flatMap((y) => [0.25, 0.75].flatMap((x) => [x, y, 0.5, 0.5]))
  // Times one per image of the batch.
  const perImage = graph.op('Add', [nothing, graph.float(1)])
  graph.named('pred_boxes', 'Mul', [graph.floats([1, 4, 4], Float32Array.from(boxes)), perImage])
  const model = graph.write(
    { pixel_values: { type: 'float32', shape: ['batch', 3, side, side] } },
    {
      logits: { type: 'float32', shape: ['batch', 4, 4] },
      pred_boxes: { type: 'float32', shape: ['batch', 4, 4] },
    },
  )
  await writeModel(folder, model, { model_type: 'yolos', architectures: ['YolosForObjectDetection'] })
}

async function writeModel(folder: string, model: Uint8Array, config: object): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await writeFile(join(folder, 'onnx', 'model.onnx'), model)
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, id2label: { ...tinyImageLabels } }))
  await writePreprocessing(folder)
}

/** Of all tiny models that look at images. */
export async function writePreprocessing(folder: string): Promise<void> {
  await writeFile(join(folder, 'preprocessor_config.json'), JSON.stringify(preprocessing))
}

const preprocessing = {
  image_processor_type: 'ViTImageProcessor',
  do_resize: true,
  size: { height: side, width: side },
  resample: 2,
  do_rescale: true,
  rescale_factor: 1 / 255,
  do_normalize: false,
}
