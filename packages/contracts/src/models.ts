import { z } from 'zod'

/** Where a model comes from: the Hugging Face hub or a local folder (`onnx`), or an OpenAI-compatible server (`http`). */
export const ModelSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('onnx'), name: z.string(), source: z.string() }),
  z.object({ kind: z.literal('http'), name: z.string(), baseUrl: z.url(), remoteModel: z.string() }),
])
export type ModelSource = z.infer<typeof ModelSource>

export const defaultTextModel = 'use-lite-en'
export const defaultImageModel = 'coco-objects'
export const defaultAudioModel = 'speech-embedding'

/**
 * Reads a list of models: `name` or `name=source`, separated by commas; the first is the default. A source is a hub
 * id, a folder, or `http(s)://server/v1#model-name-there`. The api reads it to refuse unknown models, the worker to
 * load them. Throws an Error that names the entry.
 */
export function parseModels(text: string): ModelSource[] {
  const models = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map(parseEntry)
  const seen = new Set<string>()
  for (const { name } of models) {
    if (seen.has(name)) throw new Error(`model "${name}" is listed twice`)
    seen.add(name)
  }
  return models
}

function parseEntry(entry: string): ModelSource {
  const equals = entry.indexOf('=')
  const name = equals < 0 ? entry : entry.slice(0, equals).trim()
  const source = equals < 0 ? entry : entry.slice(equals + 1).trim()
  if (name === '' || source === '') throw new Error(`"${entry}" is not a model: write name or name=source`)
  if (!/^https?:\/\//.test(source)) return { kind: 'onnx', name, source }
  const url = new URL(source)
  const remoteModel = decodeURIComponent(url.hash.slice(1)) || name
  url.hash = ''
  return { kind: 'http', name, baseUrl: url.toString().replace(/\/$/, ''), remoteModel }
}
