import { Tensor } from '@huggingface/transformers'
import { describe, expect, it } from 'vitest'
import { vectorsIn } from './vectors.ts'

const tensor = (values: readonly number[], ...shape: number[]) =>
  new Tensor('float32', Float32Array.from(values), shape)

describe('the vector of an image', () => {
  const image_embeds = tensor([3, 4, 0, 2], 2, 2)
  const pooler_output = tensor([1, 0, 0, 0, 0, 8], 2, 3, 1, 1)
  const last_hidden_state = tensor([6, 8, 9, 9, 5, 0, 7, 7], 2, 2, 2)

  it.each([
    ['what is meant to be one', { image_embeds, pooler_output }, 'clip', [0, 1]],
    ['what a network pooled', { pooler_output, last_hidden_state }, 'vit', [0, 0, 1]],
    ['the first token where that stands for the whole', { last_hidden_state }, 'dinov2', [1, 0]],
  ])('is %s, brought to length 1', (_, outputs, modelType, expected) => {
    const vectors = vectorsIn(outputs, modelType)
    expect(vectors?.dimensions).toBe(expected.length)
    expect(vectors?.of(outputs, 1)).toEqual(Float32Array.from(expected))
  })

  it.each([
    ['where a network has only tokens that are alike', { last_hidden_state }, 'swin', undefined],
    ['in an output that is not of the common space', { pooler_output }, 'clip', ['image_embeds']],
    ['where a network gives maps', { pooler_output: tensor([1, 2, 3, 4], 1, 1, 2, 2) }, 'resnet', undefined],
  ])('is not looked for %s', (_, outputs, modelType, named) => {
    expect(vectorsIn(outputs, modelType, named)).toBeUndefined()
  })
})
