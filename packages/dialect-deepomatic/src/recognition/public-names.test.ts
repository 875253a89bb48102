import type { ImageModelDescription } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { publicNames } from './public-names.ts'

const described = (id: number, name: string, job: ImageModelDescription['job'] = 'classify.image') => ({
  network: { id, name, createdAt: new Date() },
  model: { v: 1 as const, name, job, labels: [], exclusive: true },
})
const namesOf = (...items: ReturnType<typeof described>[]) => publicNames(items).map(({ name }) => name)

describe('public names', () => {
  it('are lower case, digits and dashes, whatever a model is called', () => {
    expect(namesOf(described(1, 'Xenova/ViT_base-patch16.224'))).toEqual(['xenova-vit-base-patch16-224'])
    expect(namesOf(described(1, '../Модель'))).toEqual(['model'])
  })

  it('tell the two jobs of one model apart, and say nothing where there is one', () => {
    expect(namesOf(described(1, 'a', 'detect.image'), described(1, 'a'))).toEqual(['a', 'a-boxes'])
    expect(namesOf(described(1, 'a', 'detect.image'))).toEqual(['a'])
  })

  it('are each one model’s: the older has the plain one', () => {
    expect(namesOf(described(9, 'a-b'), described(2, 'A_B'), described(5, 'a.b'))).toEqual(['a-b', 'a-b-5', 'a-b-9'])
    const boxes = [described(2, 'a'), described(2, 'a', 'detect.image'), described(7, 'a-boxes')]
    expect(namesOf(...boxes)).toEqual(['a', 'a-boxes', 'a-boxes-7'])
  })
})
