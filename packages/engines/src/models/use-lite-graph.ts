import { createGraph, type Graph, type Value } from './graph.ts'
import { asFloat, attention, layerNorm, linear, maskedMean, paddingBias, vectorLength } from './layers.ts'
import type { UseLiteSource } from './use-lite-source.ts'

export const useLiteDimensions = 512

const transformerLayers = [
  { index: 0, width: 256, headSize: 64 },
  { index: 1, width: 512, headSize: 128 },
] as const
const heads = 4
const normEpsilon = 1e-6

/** Reads a tensor of the source as a constant of the graph, in another shape where one is given. */
type Weights = (name: string, shape?: readonly number[]) => Value

/**
 * Universal Sentence Encoder lite as an ONNX graph: embeddings of tokens and positions, two transformer layers, the
 * mean over tokens, one dense layer, length 1. Written after the TensorFlow graph of the source, whose names it reads.
 */
export function writeUseLiteModel({ tensors }: UseLiteSource): Uint8Array {
  const graph = createGraph()
  const weights: Weights = (name, shape) => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`the source has no tensor ${name}`)
    return graph.floats(shape ?? tensor.shape, tensor.data)
  }

  const mask = asFloat(graph, 'attention_mask')
  const bias = paddingBias(graph, mask)
  let x = embedTokens(graph, weights)
  for (const layer of transformerLayers) x = transformerLayer(graph, weights, layer, x, bias)
  const sentence = graph.op('Tanh', [linear(graph, maskedMean(graph, x, mask), outputLayer(weights))])

  // Of shape [batch, 1, 512], so that a pipeline that pools the first token of the last hidden state works as well.
  graph.named('last_hidden_state', 'Div', [sentence, vectorLength(graph, sentence)])
  graph.named('sentence_embedding', 'Squeeze', ['last_hidden_state', graph.ints([1])])
  const tokens = { type: 'int64', shape: ['batch', 'sequence'] } as const
  return graph.write(
    { input_ids: tokens, attention_mask: tokens },
    {
      last_hidden_state: { type: 'float32', shape: ['batch', 1, useLiteDimensions] },
      sentence_embedding: { type: 'float32', shape: ['batch', useLiteDimensions] },
    },
  )
}

/** The source keeps what TensorFlow folded into constants apart from what it left as variables. */
const folded = (name: string) => `module_apply_default/Encoder_en/KonaTransformer/Encode/${name}`
const variable = (name: string) => `module/Encoder_en/KonaTransformer/Encode/${name}`
const joined = (name: string) => folded(`${name}/ConcatPartitions/concat`)

function embedTokens(graph: Graph, weights: Weights): Value {
  const tokens = graph.op('Gather', [weights('module/Embeddings_en'), 'input_ids'])
  const length = graph.op('Gather', [graph.op('Shape', ['input_ids']), graph.int(1)])
  const range = graph.op('Range', [graph.int(0), length, graph.int(1)])
  const positions = graph.op('Unsqueeze', [asFloat(graph, range), graph.ints([1])])
  const frequencies = weights(folded('TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1'))
  const angles = graph.op('Mul', [positions, frequencies])
  const timing = graph.op('Concat', [graph.op('Sin', [angles]), graph.op('Cos', [angles])], { axis: -1 })
  return graph.op('Add', [graph.op('Mul', [tokens, graph.float(2)]), timing])
}

type Layer = (typeof transformerLayers)[number]

function transformerLayer(graph: Graph, weights: Weights, layer: Layer, x: Value, bias: Value): Value {
  const path = `Layer_${layer.index}/TransformerLayer`
  const attended = selfAttention(graph, weights, layer, x, bias)
  // The first layer widens 256 to 512, so what goes around it has to be widened as well.
  const around =
    layer.index === 0
      ? linear(graph, x, {
          kernel: weights(joined(`${path}/dense/kernel`)),
          bias: weights(joined(`${path}/dense/bias`)),
        })
      : x
  const summed = graph.op('Add', [attended, around])
  return graph.op('Add', [feedForward(graph, weights, path, summed), summed])
}

function selfAttention(
  graph: Graph,
  weights: Weights,
  { index, width, headSize }: Layer,
  x: Value,
  bias: Value,
): Value {
  const path = `Layer_${index}/TransformerLayer`
  const dense = (name: string, outputs: number) => ({
    kernel: weights(variable(`${path}/MultiheadAttention/${name}/kernel/part_0`), [width, outputs]),
    bias: weights(joined(`${path}/MultiheadAttention/${name}/bias`)),
  })
  const normed = preNorm(graph, weights, path, x)
  const [query, key, value] = graph.split(linear(graph, normed, dense('qkv_transform_single', 3 * width)), [
    width,
    width,
    width,
  ]) as [Value, Value, Value]
  const mixed = attention(graph, { query, key, value, heads, headSize, bias })
  return linear(graph, mixed, dense('output_transform_single', useLiteDimensions))
}

function feedForward(graph: Graph, weights: Weights, path: string, x: Value): Value {
  const dense = (name: string) => ({
    kernel: weights(folded(`TransformerStack/${path}/FFN/${name}/Tensordot/Reshape_1`)),
    bias: weights(joined(`${path}/FFN/${name}/bias`)),
  })
  const hidden = graph.op('Relu', [linear(graph, preNorm(graph, weights, `${path}/FFN`, x), dense('conv1'))])
  return linear(graph, hidden, dense('conv2'))
}

const preNorm = (graph: Graph, weights: Weights, path: string, x: Value): Value =>
  layerNorm(graph, x, {
    scale: weights(joined(`${path}/layer_prepostprocess/layer_norm/layer_norm_scale`)),
    bias: weights(joined(`${path}/layer_prepostprocess/layer_norm/layer_norm_bias`)),
    epsilon: normEpsilon,
  })

const outputLayer = (weights: Weights) => ({
  kernel: weights('module/Encoder_en/hidden_layers/tanh_layer_0/weights'),
  bias: weights('module/Encoder_en/hidden_layers/tanh_layer_0/bias'),
})
