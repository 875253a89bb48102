import onnxProto from 'onnx-proto'

const { ModelProto, TensorProto, AttributeProto } = onnxProto.onnx

/** The name of a tensor in the graph: an input, a constant, or what a node puts out. */
export type Value = string
export interface TensorType {
  readonly type: 'float32' | 'int64'
  /** A word is a size that is known at run time only. */
  readonly shape: readonly (number | string)[]
}
type AttributeValue = number | string | readonly number[]
type Attributes = Readonly<Record<string, AttributeValue>>

const elementTypes = { float32: TensorProto.DataType.FLOAT, int64: TensorProto.DataType.INT64 } as const
const irVersion = 8
const opset = 17

export type Graph = ReturnType<typeof createGraph>

/** Collects nodes and weights in the order in which they are made, and writes them as an ONNX model. */
export function createGraph() {
  const nodes: onnxProto.onnx.INodeProto[] = []
  const constants: onnxProto.onnx.ITensorProto[] = []
  const nextName = (prefix: string) => `${prefix}${nodes.length + constants.length}`

  function constant(type: TensorType['type'], shape: readonly number[], data: ArrayBufferView): Value {
    const name = nextName('constant_')
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    constants.push({ name, dims: [...shape], dataType: elementTypes[type], rawData })
    return name
  }

  function node(opType: string, input: readonly Value[], output: Value[], attributes: Attributes) {
    nodes.push({ opType, input: [...input], output, attribute: Object.entries(attributes).map(attribute) })
  }

  return {
    floats: (shape: readonly number[], data: Float32Array): Value => constant('float32', shape, data),
    float: (value: number): Value => constant('float32', [], Float32Array.of(value)),
    ints: (values: readonly number[]): Value => constant('int64', [values.length], toInt64(values)),
    int: (value: number): Value => constant('int64', [], toInt64([value])),

    op(type: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
      const output = nextName('value_')
      node(type, inputs, [output], attributes)
      return output
    },

    /** The largest `count` of the last dimension, falling, and where they are in it. */
    topK(value: Value, count: number): { values: Value; indices: Value } {
      const top = { values: nextName('values_'), indices: nextName('indices_') }
      node('TopK', [value, this.ints([count])], [top.values, top.indices], { axis: -1 })
      return top
    },

    /** A node with several outputs. */
    split(value: Value, sizes: readonly number[]): Value[] {
      const outputs = sizes.map((_, part) => `${nextName('part_')}_${part}`)
      node('Split', [value, this.ints(sizes)], outputs, { axis: -1 })
      return outputs
    },

    /** A node whose output has a name of its own: what the model puts out. */
    named(output: string, type: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
      node(type, inputs, [output], attributes)
      return output
    },

    write(inputs: Record<string, TensorType>, outputs: Record<string, TensorType>): Uint8Array {
      return ModelProto.encode({
        irVersion,
        producerName: 'inferq',
        opsetImport: [{ domain: '', version: opset }],
        graph: {
          name: 'graph',
          node: nodes,
          initializer: constants,
          input: Object.entries(inputs).map(valueInfo),
          output: Object.entries(outputs).map(valueInfo),
        },
      }).finish()
    },
  }
}

const toInt64 = (values: readonly number[]) => BigInt64Array.from(values, BigInt)

/** A whole number is written as an integer: none of the operators used here has a float attribute that may be whole. */
function attribute([name, value]: [string, AttributeValue]): onnxProto.onnx.IAttributeProto {
  if (typeof value === 'string')
    return { name, type: AttributeProto.AttributeType.STRING, s: new TextEncoder().encode(value) }
  if (typeof value !== 'number') return { name, type: AttributeProto.AttributeType.INTS, ints: [...value] }
  if (Number.isInteger(value)) return { name, type: AttributeProto.AttributeType.INT, i: value }
  return { name, type: AttributeProto.AttributeType.FLOAT, f: value }
}

const valueInfo = ([name, { type, shape }]: [string, TensorType]): onnxProto.onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: elementTypes[type],
      shape: { dim: shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size })) },
    },
  },
})
