import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGraph, type Value } from './graph.ts'
import { asFloat, attention, layerNorm, linear, paddingBias } from './layers.ts'
import { wordPieces, writeWordPieceTokenizer } from './word-piece-tokenizer.ts'

export const tinyTextDimensions = 16
export const tinyTextMaxTokens = 64

const hidden = tinyTextDimensions
const feedForward = 32
const heads = 2
const epsilon = 1e-12

const words = [...'.,!?-\'"']
const vocabularySize = wordPieces(words).length

/**
 * For tests: writes a model of the Hub's layout into `folder`, with the shape of a BERT, a tokenizer that reads letter
 * by letter, and weights that are random but always the same. Its vectors mean nothing; everything around them is real.
 */
export async function writeTinyTextModel(folder: string): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await writeFile(join(folder, 'onnx', 'model.onnx'), model())
  await writeWordPieceTokenizer(folder, { words, maxTokens: tinyTextMaxTokens, isLowerCasing: true })
  await writeFile(join(folder, 'config.json'), JSON.stringify(config))
}

const config = {
  model_type: 'bert',
  architectures: ['BertModel'],
  hidden_size: hidden,
  num_hidden_layers: 1,
  num_attention_heads: heads,
  vocab_size: vocabularySize,
}

function model(): Uint8Array {
  const graph = createGraph()
  const nextWeight = repeatableNoise()
  const weights = (...shape: number[]): Value =>
    graph.floats(shape, Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, nextWeight))
  const dense = (x: Value, inputs: number, outputs: number) =>
    linear(graph, x, { kernel: weights(inputs, outputs), bias: weights(outputs) })
  const norm = (x: Value) =>
    layerNorm(graph, x, {
      scale: graph.floats([hidden], new Float32Array(hidden).fill(1)),
      bias: weights(hidden),
      epsilon,
    })

  const bias = paddingBias(graph, asFloat(graph, 'attention_mask'))
  const x = graph.op('Gather', [weights(vocabularySize, hidden), 'input_ids'])
  const [query, key, value] = [dense(x, hidden, hidden), dense(x, hidden, hidden), dense(x, hidden, hidden)]
  const mixed = attention(graph, { query, key, value, heads, headSize: hidden / heads, bias })
  const attended = norm(graph.op('Add', [dense(mixed, hidden, hidden), x]))
  const inner = graph.op('Relu', [dense(attended, hidden, feedForward)])
  graph.named('last_hidden_state', 'Identity', [norm(graph.op('Add', [dense(inner, feedForward, hidden), attended]))])

  const tokens = { type: 'int64', shape: ['batch', 'sequence'] } as const
  return graph.write(
    { input_ids: tokens, attention_mask: tokens },
    { last_hidden_state: { type: 'float32', shape: ['batch', 'sequence', hidden] } },
  )
}

/** A linear congruential generator: numbers between -0.2 and 0.2, the same ones on every machine. */
function repeatableNoise(): () => number {
  let state = 1
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    return (state / 2 ** 31) * 0.2
  }
}
