import { writeCocoPeaks } from './coco-peaks.ts'
import type { CocoSource, SourceNode, SourceTensor } from './coco-source.ts'
import { createGraph, type Graph, type Value } from './graph.ts'

/** Width and height of the images that the network sees. */
export const cocoInput = 512
/** Its heatmap has a place for every 4 x 4 pixels. */
const cells = cocoInput / 4
const labels = 80
export const cocoFeatures = 480

/**
 * MobileNetV3 with a CenterNet head as an ONNX graph. `logits`: for each label how likely it is anywhere in the image.
 * `peak_*`: the most likely things with labels and boxes. `pooler_output`: what the image is like, as a vector.
 */
export function writeCocoModel(source: CocoSource): Uint8Array {
  const graph = createGraph()
  const outputOf = createConverter(graph, source)
  const heatmap = outputOf('tower_0/keypoints')
  writeCocoPeaks(graph, { heatmap, distances: outputOf('tower_0/wh'), cells })
  writeLogits(graph, heatmap)
  const features = graph.op('GlobalAveragePool', [outputOf('tower_0/extern1/hard_swish/mul_1')])
  graph.named('pooler_output', 'Flatten', [features], { axis: 1 })

  const float = (...shape: (number | string)[]) => ({ type: 'float32', shape: ['batch', ...shape] }) as const
  return graph.write(
    { pixel_values: float(3, cocoInput, cocoInput) },
    {
      logits: float(labels),
      peak_scores: float('peaks'),
      peak_labels: float('peaks'),
      peak_boxes: float('peaks', 4),
      pooler_output: float(cocoFeatures),
    },
  )
}

/** The highest score of each label in the image, taken back to before the sigmoid: who reads logits will apply one. */
function writeLogits(graph: Graph, heatmap: Value): void {
  const highest = graph.op('ReduceMax', [heatmap], { axes: [2, 3], keepdims: 0 })
  const score = graph.op('Clip', [highest, graph.float(1e-6), graph.float(1 - 1e-6)])
  graph.named('logits', 'Log', [graph.op('Div', [score, graph.op('Sub', [graph.float(1), score])])])
}

/** Converts a node of the source, and before it all that it needs, each once. */
function createConverter(graph: Graph, { nodes, tensors }: CocoSource): (name: string) => Value {
  const known = new Map<string, Value>()
  const tensorOf = (name: string | undefined): SourceTensor => {
    const tensor = tensors.get(name ?? '')
    if (!tensor) throw new Error(`the source has no tensor ${name}`)
    return tensor
  }

  function outputOf(name: string): Value {
    const value = known.get(name) ?? convert(name)
    known.set(name, value)
    return value
  }

  function convert(name: string): Value {
    const node = nodes.get(name)
    if (!node) throw new Error(`the source has no node ${name}`)
    const inputs = () => node.input.map(outputOf)
    switch (node.op) {
      case 'Placeholder':
        return 'pixel_values'
      case 'Const':
        return graph.float(tensorOf(name).data[0] ?? Number.NaN)
      case 'Add':
      case 'Mul':
      case 'Sigmoid':
      case 'Identity':
      case 'Relu':
        return graph.op(node.op, inputs())
      case 'Relu6':
        return graph.op('Clip', [...inputs(), graph.float(0), graph.float(6)])
      case 'Mean':
        return graph.op('GlobalAveragePool', [outputOf(node.input[0] ?? '')])
      case 'ConcatV2':
        // The last input is the axis, which is always that of the channels.
        return graph.op('Concat', node.input.slice(0, -1).map(outputOf), { axis: 1 })
      case 'ResizeBilinear':
        return doubled(graph, outputOf(node.input[0] ?? ''))
      case 'Conv2D':
      case '_FusedConv2D':
      case 'DepthwiseConv2dNative':
      case 'FusedDepthwiseConv2dNative':
        return convolution(node)
      default:
        throw new Error(`there is no conversion for ${node.op}`)
    }
  }

  function convolution({ op, input, attr }: SourceNode): Value {
    const [image = '', kernel, bias] = input
    const fused = (attr.fused_ops?.list?.s ?? []).map(atob)
    const { shape, data } = tensorOf(kernel)
    const [height = 0, width = 0, inputs = 0] = shape
    const isDepthwise = op.includes('Depthwise')
    const result = graph.op(
      'Conv',
      [
        outputOf(image),
        kernelOf(graph, { shape, data }, isDepthwise),
        ...(fused.includes('BiasAdd') ? [biasOf(graph, tensorOf(bias))] : []),
      ],
      {
        kernel_shape: [height, width],
        strides: (attr.strides?.list?.i ?? []).slice(1, 3),
        auto_pad: atob(attr.padding?.s ?? '') === 'SAME' ? 'SAME_UPPER' : 'VALID',
        group: isDepthwise ? inputs : 1,
      },
    )
    return fused.includes('Relu') ? graph.op('Relu', [result]) : result
  }

  return outputOf
}

const biasOf = (graph: Graph, { shape, data }: SourceTensor) => graph.floats(shape, data)

/**
 * TensorFlow's kernels have the channels last: [height, width, in, out], ONNX's first: [out, in, height, width]. A
 * depthwise one has one `out` for each `in`, and becomes [in, 1, height, width].
 */
function kernelOf(graph: Graph, { shape, data }: SourceTensor, isDepthwise: boolean): Value {
  const [height = 0, width = 0, inputs = 0, outputs = 0] = shape
  const area = height * width
  const turned = new Float32Array(data.length)
  for (let place = 0; place < area; place++) {
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        const value = data[(place * inputs + input) * outputs + output] as number
        turned[(isDepthwise ? input * outputs + output : output * inputs + input) * area + place] = value
      }
    }
  }
  const channels = isDepthwise ? [inputs * outputs, 1] : [outputs, inputs]
  return graph.floats([...channels, height, width], turned)
}

/** All that are resized here become twice as large. */
const doubled = (graph: Graph, value: Value) =>
  graph.op('Resize', [value, '', graph.floats([4], Float32Array.of(1, 1, 2, 2))], {
    mode: 'linear',
    coordinate_transformation_mode: 'asymmetric',
  })
