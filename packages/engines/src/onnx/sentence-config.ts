import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { env } from '@huggingface/transformers'
import type { ModelThreadOptions } from './messages.ts'
import type { Pooling } from './pooling.ts'

/** What a sentence-transformers model says about itself beside the network: `undefined` where it says nothing. */
export async function readSentenceConfig(options: ModelThreadOptions) {
  const pooling = await readOptional(options, '1_Pooling/config.json')
  const sentence = await readOptional(options, 'sentence_bert_config.json')
  return {
    pooling: pooling === undefined ? undefined : poolingOf(JSON.parse(pooling)),
    maxTokens: sentence === undefined ? undefined : maxTokensOf(JSON.parse(sentence)),
  }
}

function poolingOf(config: Record<string, unknown>): Pooling {
  if (config.pooling_mode_cls_token === true) return 'cls'
  if (config.pooling_mode_lasttoken === true) return 'lasttoken'
  if (config.pooling_mode_max_tokens === true) return 'max'
  if (config.pooling_mode_mean_tokens === true) return 'mean'
  throw new Error('1_Pooling/config.json asks for a pooling that is not known here')
}

const maxTokensOf = ({ max_seq_length: length }: Record<string, unknown>) =>
  typeof length === 'number' && length > 0 ? length : undefined

/** A file that a model may lack. From the Hub it is fetched once; that it is absent is remembered as an empty file. */
async function readOptional({ location, cacheDir, allowRemote }: ModelThreadOptions, name: string) {
  if (location.kind === 'folder') return readIfPresent(join(location.folder, name))
  const cached = join(cacheDir, location.id, name)
  const known = await readIfPresent(cached)
  if (known !== undefined) return known === '' ? undefined : known
  if (allowRemote === false) return undefined
  const fetched = await fetchFromHub(location.id, name)
  await mkdir(dirname(cached), { recursive: true })
  await writeFile(cached, fetched)
  return fetched === '' ? undefined : fetched
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

async function fetchFromHub(id: string, name: string): Promise<string> {
  const path = env.remotePathTemplate.replaceAll('{model}', id).replaceAll('{revision}', 'main')
  const response: Response = await env.fetch(`${env.remoteHost.replace(/\/+$/, '')}/${path}${name}`)
  if (response.ok) return response.text()
  await response.body?.cancel()
  if (response.status < 500 && response.status !== 429) return ''
  throw new Error(`Error (${response.status}) occurred while trying to load file: ${name}`)
}
