import { z } from 'zod'
import { inputSource } from './input-source.ts'

export const maxImagesPerTask = 64
/** Of one image as it comes, compressed. */
export const maxImageBytes = 32 * 1024 * 1024

const Fraction = z.number().min(0, 'from 0 to 1').max(1, 'from 0 to 1')

/** A part of an image, as fractions of its width and height; the origin is top left. */
export const Box = z
  .strictObject({ xmin: Fraction, ymin: Fraction, xmax: Fraction, ymax: Fraction })
  .refine(({ xmin, xmax }) => xmin < xmax, { message: 'xmin must be below xmax', path: ['xmin'] })
  .refine(({ ymin, ymax }) => ymin < ymax, { message: 'ymin must be below ymax', path: ['ymin'] })
export type Box = z.infer<typeof Box>

export const Point = z.strictObject({ x: Fraction, y: Fraction })
export type Point = z.infer<typeof Point>

export const ImageSource = inputSource('an image')
export type ImageSource = z.infer<typeof ImageSource>

export const imageFormats = ['jpeg', 'png', 'webp', 'gif'] as const
export type ImageFormat = (typeof imageFormats)[number]

/** What an image must be like beyond what any worker reads; some languages promise their callers such bounds. */
export const ImageBounds = z.strictObject({
  min_width: z.int().min(1).optional(),
  min_height: z.int().min(1).optional(),
  formats: z.array(z.enum(imageFormats)).min(1).optional(),
})
export type ImageBounds = z.infer<typeof ImageBounds>

export const ImageInput = z.strictObject({
  source: ImageSource,
  /** What of it to look at; a polygon is cut out, and what is outside of it is black. */
  bbox: Box.optional(),
  polygon: z.array(Point).min(3, 'at least 3 points').max(1_000).optional(),
  bounds: ImageBounds.optional(),
})
export type ImageInput = z.infer<typeof ImageInput>

/** A label that a model can give. */
export const Label = z.object({ id: z.int(), name: z.string() })
export type Label = z.infer<typeof Label>

/**
 * What a worker says of a model that looks at images, for whoever offers it to producers. A model that gives labels and
 * boxes is described twice, once for each job.
 */
export const ImageModelDescription = z.object({
  v: z.literal(1),
  /** As jobs ask for it. */
  name: z.string(),
  job: z.enum(['classify.image', 'detect.image']),
  labels: z.array(Label),
  /** Its scores of one image sum up to 1: one label excludes the others. */
  exclusive: z.boolean(),
})
export type ImageModelDescription = z.infer<typeof ImageModelDescription>

/**
 * From which score on a label counts where neither the producer nor a spec says another one; lower where one label
 * excludes the others, since they share a score of 1.
 */
export function defaultThreshold({ boxes, exclusive }: { boxes: boolean; exclusive: boolean }): number {
  if (boxes) return 0.8
  return exclusive ? 0.025 : 0.5
}
