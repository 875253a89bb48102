import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { silentLog } from '../engine.ts'
import { makeTinyModelsDir, removeModelsDir } from '../testing/model-folders.ts'
import { locateModel } from './locate.ts'

const modelsDir = await makeTinyModelsDir()
afterAll(() => removeModelsDir(modelsDir))
const locate = (source: string) => locateModel(source, modelsDir, silentLog)

describe('a model', () => {
  it.each([
    ['by its name in the folder of models', 'tiny'],
    ['by its path', join(modelsDir, 'tiny')],
  ])('in a folder is found %s', async (_, source) => {
    expect(await locate(source)).toEqual({ kind: 'folder', folder: join(modelsDir, 'tiny') })
  })

  it.each(['someone/model-v1.5', 'model'])('that is in no folder is looked for on the hub: %s', async (source) => {
    expect(await locate(source)).toEqual({ kind: 'hub', id: source })
  })

  it.each(['./absent', '/absent/model', '~/model', 'a/b/c', 'no spaces'])(
    'that cannot be an id on the hub is MODEL_LOAD_FAILED: %s',
    async (source) => {
      await expect(locate(source)).rejects.toMatchObject({ code: 'MODEL_LOAD_FAILED' })
    },
  )

  it('that is built in is made where it is missing', async () => {
    expect(await locate('use-lite-en')).toEqual({ kind: 'folder', folder: join(modelsDir, 'use-lite-en') })
  })
})
