import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { makeTinyImageModelsDir, removeModelsDir } from '../../testing/model-folders.ts'
import type { ImageJob } from '../messages.ts'
import { openImageModel } from './image-model.ts'

const modelsDir = await makeTinyImageModelsDir()
afterAll(() => removeModelsDir(modelsDir))

const open = (name: string) =>
  openImageModel({
    model: name,
    location: { kind: 'folder', folder: join(modelsDir, name) },
    cacheDir: modelsDir,
    device: 'cpu',
    intraOpThreads: 1,
  })

it('one run of a model answers all that is asked for its images, each by its own', async () => {
  const model = await open('tiny-image')
  expect(model.loaded).toMatchObject({ jobs: ['classify.image', 'embed.image'], dimensions: 4 })
  const asked = (job: ImageJob, ...colour: readonly number[]) => ({
    job,
    width: 2,
    height: 2,
    values: Float32Array.from(colour.flatMap((value) => [value, value, value, value])),
  })
  const { computed } = await model.compute({
    images: [asked('embed.image', 1, 0, 0), asked('classify.image', 0, 1, 0), asked('embed.image', 0, 0, 1)],
  })
  const length = Math.hypot(1, 0.1)
  expect(computed).toMatchObject([
    { job: 'embed.image', vector: Float32Array.of(1 / length, 0, 0, 0.1 / length) },
    { job: 'classify.image', scores: expect.any(Float32Array) },
    { job: 'embed.image', vector: Float32Array.of(0, 0, 1 / length, 0.1 / length) },
  ])
  await model.dispose()
})
