import type { Graph, Value } from './graph.ts'

/** The directions that tiny models tell apart, in this order. */
export const tinyColours = ['red', 'green', 'blue'] as const

/** Of a tiny model's vectors: one direction for each colour, and one that all have, so that no vector is of zeros. */
export const tinyVectorDimensions = tinyColours.length + 1
const ofAll = 0.1

/** The mean red, green and blue of each image, from 0 to 1. */
export const meanColours = (graph: Graph): Value =>
  graph.op('Flatten', [graph.op('GlobalAveragePool', ['pixel_values'])], { axis: 1 })

/** From how much of each colour there is ([items, 3]) to vectors; what models put out has any length. */
export function nameColourVectors(graph: Graph, output: string, colours: Value): void {
  const widening = Float32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)
  const wide = graph.op('MatMul', [colours, graph.floats([3, tinyVectorDimensions], widening)])
  graph.named(output, 'Add', [wide, graph.floats([tinyVectorDimensions], Float32Array.of(0, 0, 0, ofAll))])
}
