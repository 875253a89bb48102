import type { Graph, Value } from './graph.ts'

const floatType = 1 // TensorProto.DataType.FLOAT, as the operator Cast wants it

export interface Linear {
  readonly kernel: Value
  readonly bias: Value
}

export const linear = (graph: Graph, x: Value, { kernel, bias }: Linear): Value =>
  graph.op('Add', [graph.op('MatMul', [x, kernel]), bias])

export interface LayerNorm {
  readonly scale: Value
  readonly bias: Value
  readonly epsilon: number
}

export const layerNorm = (graph: Graph, x: Value, { scale, bias, epsilon }: LayerNorm): Value =>
  graph.op('LayerNormalization', [x, scale, bias], { axis: -1, epsilon })

export const asFloat = (graph: Graph, value: Value): Value => graph.op('Cast', [value], { to: floatType })

/** What is added to attention scores so that no token looks at padding. Shape [batch, 1, 1, sequence]. */
export function paddingBias(graph: Graph, mask: Value): Value {
  const isPadding = graph.op('Sub', [graph.float(1), mask])
  return graph.op('Unsqueeze', [graph.op('Mul', [isPadding, graph.float(-1e9)]), graph.ints([1, 2])])
}

export interface Attention {
  readonly query: Value
  readonly key: Value
  readonly value: Value
  readonly heads: number
  readonly headSize: number
  readonly bias: Value
}

/** Scaled dot-product attention over several heads; the heads' results lie side by side in the last dimension. */
export function attention(graph: Graph, { query, key, value, heads, headSize, bias }: Attention): Value {
  const splitHeads = (x: Value, perm: readonly number[]) =>
    graph.op('Transpose', [graph.op('Reshape', [x, graph.ints([0, 0, heads, headSize])])], { perm })

  const scaledQuery = graph.op('Mul', [splitHeads(query, [0, 2, 1, 3]), graph.float(1 / Math.sqrt(headSize))])
  const scores = graph.op('MatMul', [scaledQuery, splitHeads(key, [0, 2, 3, 1])])
  const weights = graph.op('Softmax', [graph.op('Add', [scores, bias])], { axis: -1 })
  const mixed = graph.op('MatMul', [weights, splitHeads(value, [0, 2, 1, 3])])
  const joined = graph.op('Transpose', [mixed], { perm: [0, 2, 1, 3] })
  return graph.op('Reshape', [joined, graph.ints([0, 0, heads * headSize])])
}

/** Mean over the tokens that are not padding. Shape [batch, 1, hidden]. */
export function maskedMean(graph: Graph, x: Value, mask: Value): Value {
  const column = graph.op('Unsqueeze', [mask, graph.ints([2])])
  const sumOverTokens = (y: Value) => graph.op('ReduceSum', [y, graph.ints([1])], { keepdims: 1 })
  // Without the floor of 1, a text of no tokens would divide by nothing.
  const count = graph.op('Max', [sumOverTokens(column), graph.float(1)])
  return graph.op('Div', [sumOverTokens(graph.op('Mul', [x, column])), count])
}

/** The length of each vector in the last of three dimensions; never 0. Shape [batch, 1, 1]. */
export function vectorLength(graph: Graph, x: Value): Value {
  const squares = graph.op('ReduceSum', [graph.op('Mul', [x, x]), graph.ints([2])], { keepdims: 1 })
  return graph.op('Sqrt', [graph.op('Max', [squares, graph.float(1e-12)])])
}
