import { existsSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { defaultAudioModel, defaultImageModel, defaultTextModel, JobError } from '@inferq/contracts'
import type { EngineLog } from '../engine.ts'
import { ensureCocoObjects } from '../models/coco-objects.ts'
import { ensureSpeechEmbedding } from '../models/speech-embedding.ts'
import { ensureUseLiteEn } from '../models/use-lite.ts'

export type ModelLocation =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'hub'; readonly id: string }

const hubId = /^([\w.-]+\/)?[\w.-]{1,96}$/

/** Written into the folder of models on first need. */
const builtIn = new Map([
  [defaultTextModel, ensureUseLiteEn],
  [defaultImageModel, ensureCocoObjects],
  [defaultAudioModel, ensureSpeechEmbedding],
])

/** Finds the model that a source names: a built-in one, a folder, a name inside `modelsDir`, or an id on the Hub. */
export async function locateModel(source: string, modelsDir: string, log: EngineLog): Promise<ModelLocation> {
  const ensure = builtIn.get(source)
  if (ensure) return { kind: 'folder', folder: await ensure(modelsDir, { log }) }
  const folder = [resolve(source), join(modelsDir, source)].find((path) => existsSync(join(path, 'config.json')))
  if (folder) return { kind: 'folder', folder: resolve(folder) }
  if (isAbsolute(source) || /^[.~]/.test(source) || !hubId.test(source)) {
    throw new JobError('MODEL_LOAD_FAILED', 'there is no model (no config.json) in the folder that is set for it', {
      cause: new Error(`no config.json in ${resolve(source)}`),
    })
  }
  return { kind: 'hub', id: source }
}
