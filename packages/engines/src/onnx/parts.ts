import {
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  ClapTextModelWithProjection,
  SiglipTextModel,
  SiglipVisionModel,
} from '@huggingface/transformers'
import type { ModelClass } from './open-model.ts'
import type { TokenRules } from './tokenise.ts'

/** One of the two parts of a model that has images, or sounds, and texts in one space; each has weights of its own. */
export interface Part {
  readonly Model: ModelClass
  /** The outputs that may hold vectors of that space, the best first. */
  readonly vectors: readonly string[]
}

export interface TextPart extends Part {
  /** How many tokens it reads where its files do not say. */
  readonly maxTokens: number
  readonly isFullLength: TokenRules['isFullLength']
}

const clip = {
  image: { Model: CLIPVisionModelWithProjection, vectors: ['image_embeds'] },
  // What is called `pooler_output` here has not been brought into the common space yet.
  text: { Model: CLIPTextModelWithProjection, vectors: ['text_embeds'], maxTokens: 77, isFullLength: true },
}
const siglip = {
  image: { Model: SiglipVisionModel, vectors: ['image_embeds', 'pooler_output'] },
  text: { Model: SiglipTextModel, vectors: ['text_embeds', 'pooler_output'], maxTokens: 64, isFullLength: true },
}
const clap = {
  text: { Model: ClapTextModelWithProjection, vectors: ['text_embeds'], maxTokens: 512, isFullLength: false },
}

/** By `model_type` of `config.json`. */
const families = new Map<unknown, { readonly image?: Part; readonly text: TextPart }>([
  ['clip', clip],
  ['siglip', siglip],
  ['siglip2', siglip],
  ['clap', clap],
])

export const imagePartOf = (modelType: unknown): Part | undefined => families.get(modelType)?.image
export const textPartOf = (modelType: unknown): TextPart | undefined => families.get(modelType)?.text
