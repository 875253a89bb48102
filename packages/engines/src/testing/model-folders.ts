import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { writeTinyClipModel } from '../models/tiny-clip-model.ts'
import { writeTinyDetectorModel, writeTinyImageModel } from '../models/tiny-image-model.ts'
import { writeTinyTextModel } from '../models/tiny-text-model.ts'

/** A folder for models that is gone when the test is over; without a test around it, the caller removes it. */
export async function temporaryModelsDir(): Promise<string> {
  const folder = await makeModelsDir()
  onTestFinished(() => removeModelsDir(folder))
  return folder
}

export const makeModelsDir = () => mkdtemp(join(tmpdir(), 'inferq-models-'))
export const removeModelsDir = (folder: string) => rm(folder, { recursive: true, force: true })

/** With the tiny model in it, under the name `tiny`. */
export async function makeTinyModelsDir(): Promise<string> {
  const folder = await makeModelsDir()
  await writeTinyTextModel(join(folder, 'tiny'))
  return folder
}

/**
 * With the tiny models that look at images in it: `tiny-image`, with boxes `tiny-detector`, and those that have images and
 * texts in one space, `tiny-clip` and `tiny-siglip`.
 */
export async function makeTinyImageModelsDir(): Promise<string> {
  const folder = await makeModelsDir()
  await writeTinyImageModel(join(folder, 'tiny-image'))
  await writeTinyDetectorModel(join(folder, 'tiny-detector'))
  await writeTinyClipModel(join(folder, 'tiny-clip'))
  await writeTinyClipModel(join(folder, 'tiny-siglip'), 'siglip')
  return folder
}
