import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createGraph } from './graph.ts'
import { meanColours, nameColourVectors, tinyColours, tinyVectorDimensions } from './tiny-colours.ts'
import { writePreprocessing } from './tiny-image-model.ts'
import { wordPieces, writeWordPieceTokenizer } from './word-piece-tokenizer.ts'

export const tinyClipDimensions = tinyVectorDimensions

const maxTokens = 16
const words = [...tinyColours, ...'.,!?-\'"']

/** How the two families name what they put out, and whether the tokenizer reads capitals as it reads small letters. */
const families = {
  clip: { image: 'image_embeds', text: 'text_embeds', isLowerCasing: true },
  siglip: { image: 'pooler_output', text: 'pooler_output', isLowerCasing: false },
} as const

/**
 * For tests: writes a model of the Hub's layout into `folder` that has images and texts in one space. The vector of an image
 * is its mean colour, that of a text how often it says "red", "green" and "blue". Texts must come at their full length.
 */
export async function writeTinyClipModel(folder: string, family: keyof typeof families = 'clip'): Promise<void> {
  const { image, text, isLowerCasing } = families[family]
  await mkdir(join(folder, 'onnx'), { recursive: true })
  await writeFile(join(folder, 'onnx', 'vision_model.onnx'), visionModel(image))
  await writeFile(join(folder, 'onnx', 'text_model.onnx'), textModel(text))
  await writeFile(join(folder, 'config.json'), JSON.stringify(configOf(family)))
  await writePreprocessing(folder)
  await writeWordPieceTokenizer(folder, { words, maxTokens, isLowerCasing })
}

const configOf = (family: keyof typeof families) => ({
  model_type: family,
  text_config: { model_type: `${family}_text_model`, max_position_embeddings: maxTokens },
  vision_config: { model_type: `${family}_vision_model` },
})

function visionModel(output: string): Uint8Array {
  const graph = createGraph()
  nameColourVectors(graph, output, meanColours(graph))
  return graph.write(
    { pixel_values: { type: 'float32', shape: ['batch', 3, 'height', 'width'] } },
    { [output]: { type: 'float32', shape: ['batch', tinyClipDimensions] } },
  )
}

function textModel(output: string): Uint8Array {
  const graph = createGraph()
  const pieces = wordPieces(words)
  const colourOfPiece = pieces.flatMap((piece) => tinyColours.map((colour) => (piece === colour ? 1 : 0)))
  const table = graph.floats([pieces.length, tinyColours.length], Float32Array.from(colourOfPiece))
  const colours = graph.op('Gather', [table, 'input_ids'])
  nameColourVectors(graph, output, graph.op('ReduceSum', [colours, graph.ints([1])], { keepdims: 0 }))
  return graph.write(
    { input_ids: { type: 'int64', shape: ['batch', maxTokens] } },
    { [output]: { type: 'float32', shape: ['batch', tinyClipDimensions] } },
  )
}
