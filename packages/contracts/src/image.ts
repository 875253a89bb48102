import { z } from 'zod'

export const maxImagesPerTask = 64
/** Of one image as it comes, compressed. */
export const maxImageBytes = 20 * 1024 * 1024
/** Of one image that rides in the input itself; what is larger is a file. */
export const maxInlineImageBytes = 64 * 1024

const Fraction = z.number().min(0, 'from 0 to 1').max(1, 'from 0 to 1')

/** A part of an image, as fractions of its width and height; the origin is top left. */
export const Box = z
  .strictObject({ xmin: Fraction, ymin: Fraction, xmax: Fraction, ymax: Fraction })
  .refine(({ xmin, xmax }) => xmin < xmax, { message: 'xmin must be below xmax', path: ['xmin'] })
  .refine(({ ymin, ymax }) => ymin < ymax, { message: 'ymin must be below ymax', path: ['ymin'] })
export type Box = z.infer<typeof Box>

export const Point = z.strictObject({ x: Fraction, y: Fraction })
export type Point = z.infer<typeof Point>

const maxBase64Length = Math.ceil(maxInlineImageBytes / 3) * 4

/** Where an image is: an address that the worker fetches, its bytes in base64, or a file that came with the request. */
export const ImageSource = z.union(
  [
    z.strictObject({ url: z.url({ protocol: /^https?$/, error: 'is not an http or https address' }).max(4_096) }),
    z.strictObject({
      base64: z
        .base64('is not base64')
        .min(1, 'is empty')
        .max(maxBase64Length, `at most ${maxInlineImageBytes} bytes as base64; give larger ones by url`),
    }),
    z.strictObject({ file: z.string().regex(/^inputs\/[0-9a-f]{32}\/\d{1,6}$/, 'is not a file of this task') }),
  ],
  { error: 'is neither {"url": an http or https address} nor {"base64": the bytes of an image}' },
)
export type ImageSource = z.infer<typeof ImageSource>

export const ImageInput = z.strictObject({
  source: ImageSource,
  /** What of it to look at; a polygon is cut out, and what is outside of it is black. */
  bbox: Box.optional(),
  polygon: z.array(Point).min(3, 'at least 3 points').max(1_000).optional(),
})
export type ImageInput = z.infer<typeof ImageInput>

/** A label that a model can give, and from which score on it counts when nothing else is said. */
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

/** Used where neither the producer nor a spec says another one. */
export const defaultThresholds = { exclusive: 0.025, tagging: 0.5, box: 0.8 } as const
