import { embedText, JobError, type ModelSource } from '@inferq/contracts'
import { type BatchingOptions, batched } from './batching/batcher.ts'
import { type EngineLog, silentLog, type TextEngine } from './engine.ts'
import { createHttpEngine, type HttpSettings } from './http/http-engine.ts'
import { createOnnxEngine } from './onnx/onnx-engine.ts'
import type { OnnxSettings } from './onnx/settings.ts'

export interface EnginesOptions {
  /** The first is the default. */
  readonly models: readonly ModelSource[]
  /** Where model folders are, and where the built-in model is written on first need. */
  readonly modelsDir: string
  readonly onnx?: OnnxSettings
  readonly http?: HttpSettings
  readonly batching?: BatchingOptions
  readonly log?: EngineLog
}

export interface EngineDescription {
  readonly name: string
  /** The kind of job that it serves. */
  readonly job: string
  readonly engine: string
  /** Until it is loaded, the device that is wanted. */
  readonly device: string
}

/** The models of one worker, each loaded once, when it is first asked for. */
export interface Engines {
  /** The engine of a model, of the default one when no name is given. Calls to it share batches. */
  text(model?: string): Promise<TextEngine>
  /** Loads every model; rejects with the first failure after all have been tried. */
  warmUp(): Promise<void>
  describe(): EngineDescription[]
  close(): Promise<void>
}

export function createEngines(options: EnginesOptions): Engines {
  const { models, batching, onnx } = options
  const loading = new Map<string, Promise<TextEngine>>()
  const loaded = new Map<string, TextEngine>()
  let isClosed = false

  async function load(source: ModelSource): Promise<TextEngine> {
    try {
      const engine = batched(await open(source, options), batching)
      loaded.set(source.name, engine)
      return engine
    } catch (error) {
      // The next caller tries again: a hub that was away comes back, a folder gets its file.
      loading.delete(source.name)
      throw error
    }
  }

  async function text(model?: string): Promise<TextEngine> {
    if (isClosed) throw new JobError('ENGINE_UNAVAILABLE', 'the engines are closed')
    const source = findModel(models, model)
    const known = loading.get(source.name) ?? load(source)
    loading.set(source.name, known)
    return known
  }

  return {
    text,

    async warmUp() {
      const results = await Promise.allSettled(models.map(({ name }) => text(name)))
      for (const result of results) if (result.status === 'rejected') throw result.reason
    },

    describe: () =>
      models.map((source) => ({
        name: source.name,
        job: embedText.name,
        engine: source.kind,
        device: loaded.get(source.name)?.device ?? wantedDevice(source, onnx),
      })),

    async close() {
      isClosed = true
      const engines = await Promise.allSettled(loading.values())
      await Promise.all(engines.map((engine) => (engine.status === 'fulfilled' ? engine.value.close() : undefined)))
    },
  }
}

function findModel(models: readonly ModelSource[], name: string | undefined): ModelSource {
  const found = name === undefined ? models[0] : models.find((model) => model.name === name)
  if (found) return found
  const known = models.map((model) => model.name).join(', ') || 'none'
  const asked = name === undefined ? 'there is no default model' : `there is no model "${name}"`
  throw new JobError('MODEL_UNKNOWN', `${asked}; this worker has: ${known}`)
}

async function open(source: ModelSource, { modelsDir, onnx, http, log = silentLog }: EnginesOptions) {
  if (source.kind === 'onnx')
    return createOnnxEngine({ ...onnx, model: source.name, source: source.source, modelsDir, log })
  const { name, baseUrl, remoteModel } = source
  return createHttpEngine({ ...http, model: name, baseUrl, remoteModel })
}

const wantedDevice = (source: ModelSource, onnx: OnnxSettings | undefined) =>
  source.kind === 'http' ? new URL(source.baseUrl).origin : (onnx?.device ?? 'auto')
