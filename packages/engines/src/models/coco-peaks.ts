import type { Graph, Value } from './graph.ts'

interface Head {
  /** For each label and place how likely it is that the middle of such a thing is there. */
  readonly heatmap: Value
  /** For each place how far it is, in pixels, from the middle of a thing to its left, top, right and bottom. */
  readonly distances: Value
  /** Places in a row, and in a column. */
  readonly cells: number
}

const maxPeaks = 100
const pixelsPerCell = 4

/**
 * The highest peaks of the heatmap: `peak_scores` (falling), `peak_labels`, and `peak_boxes` as left, top, right and bottom
 * in fractions of the image. A place counts only if no neighbour has a higher score for the same label.
 */
export function writeCocoPeaks(graph: Graph, { heatmap, distances, cells }: Head): void {
  const neighbourhood = graph.op('MaxPool', [heatmap], { kernel_shape: [3, 3], strides: [1, 1], pads: [1, 1, 1, 1] })
  const isPeak = graph.op('Equal', [heatmap, neighbourhood])
  const peaks = graph.op('Where', [isPeak, heatmap, graph.float(0)])
  const top = graph.topK(graph.op('Flatten', [peaks], { axis: 1 }), maxPeaks)
  graph.named('peak_scores', 'Identity', [top.values])

  const place = graph.op('Mod', [top.indices, graph.int(cells * cells)])
  graph.named('peak_labels', 'Cast', [graph.op('Div', [top.indices, graph.int(cells * cells)])], { to: floatType })
  const column = graph.op('Cast', [graph.op('Mod', [place, graph.int(cells)])], { to: floatType })
  const row = graph.op('Cast', [graph.op('Div', [place, graph.int(cells)])], { to: floatType })

  const asLine = (value: Value) => graph.op('Unsqueeze', [value, graph.ints([1])])
  const middles = graph.op('Concat', [column, row, column, row].map(asLine), { axis: 1 })
  const flat = graph.op('Reshape', [distances, graph.ints([0, 4, cells * cells])])
  const places = graph.op('Expand', [asLine(place), graph.ints([1, 4, 1])])
  const reach = graph.op('GatherElements', [flat, places], { axis: 2 })
  const outward = graph.op('Mul', [reach, graph.floats([1, 4, 1], Float32Array.of(-1, -1, 1, 1))])
  const pixels = graph.op('Add', [graph.op('Mul', [middles, graph.float(pixelsPerCell)]), outward])
  const boxes = graph.op('Div', [pixels, graph.float(cells * pixelsPerCell)])
  graph.named('peak_boxes', 'Transpose', [boxes], { perm: [0, 2, 1] })
}

const floatType = 1 // TensorProto.DataType.FLOAT, as the operator Cast wants it
