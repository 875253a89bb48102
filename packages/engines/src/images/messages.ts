import type { ImageModelDescription, Label } from '@inferq/contracts'
import type { ImageToRead } from '../engine.ts'
import type { OpenedOn } from '../onnx/messages.ts'
import type { Preprocessing } from './reading/preprocessing.ts'

/** What can be asked for an image: labels, boxes or a vector. */
export type ImageJob = LabelJob | 'embed.image'
export type LabelJob = ImageModelDescription['job']

export interface LoadedImageModel extends OpenedOn {
  readonly labels: readonly Label[]
  readonly jobs: readonly ImageJob[]
  readonly exclusive: boolean
  /** Of its vectors; null: it gives none. */
  readonly dimensions: number | null
  readonly preprocessing: Preprocessing
  /** Images that are worth computing together. */
  readonly maxBatchItems: number
}

/** A part of an image, as fractions. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface ReadRequest {
  readonly image: ImageToRead
}

/** An image as the model wants it: channels apart, one after the other. */
export interface ReadImage {
  readonly values: Float32Array<ArrayBuffer>
  readonly width: number
  readonly height: number
  /** The part of the whole image that the model gets to see. */
  readonly seen: Area
}

export interface ComputeRequest {
  /** All of one size. */
  readonly images: readonly (Pick<ReadImage, 'values' | 'width' | 'height'> & { readonly job: ImageJob })[]
}

/** A thing that was found, in fractions of what the model saw. */
export interface RawRegion {
  readonly area: Area
  readonly labels: readonly { readonly id: number; readonly score: number }[]
}

/** For each label a score, what was found, or a vector of length 1: as it was asked for. */
export type Computed =
  | { readonly job: 'classify.image'; readonly scores: Float32Array<ArrayBuffer> }
  | { readonly job: 'detect.image'; readonly regions: readonly RawRegion[] }
  | { readonly job: 'embed.image'; readonly vector: Float32Array<ArrayBuffer> }

export interface ComputeAnswer {
  /** In the order of the images. */
  readonly computed: readonly Computed[]
  readonly computingMs: number
}
