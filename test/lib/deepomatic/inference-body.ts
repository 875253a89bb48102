import { type Body, multipart, type Part } from './multipart.ts'

/** What a caller of the client gives for one image. */
export interface ClientImage {
  /** An address, or the bytes. */
  source: string | Uint8Array
  /** Of an open file; bytes are sent under the name of their part. */
  filename?: string
  bbox?: { xmin: number; ymin: number; xmax: number; ymax: number }
  polygon?: readonly { x: number; y: number }[]
  crop_uniform_background?: boolean
}

export interface InferenceArguments {
  inputs: readonly ClientImage[]
  show_discarded?: boolean
  max_predictions?: number
}

/** As the client sends it: JSON, or a form with every input in it as soon as one of them is bytes. */
export function inferenceBody(args: InferenceArguments): Body {
  if (args.inputs.some(({ source }) => typeof source !== 'string')) return multipart(partsOf(args))
  const { inputs, ...options } = args
  const images = inputs.map(({ filename, ...image }) => ({ image: { crop_uniform_background: false, ...image } }))
  return { type: 'application/json', bytes: Buffer.from(JSON.stringify({ ...options, inputs: images })) }
}

function partsOf({ inputs, show_discarded, max_predictions }: InferenceArguments): Part[] {
  return [
    ...(show_discarded === undefined ? [] : [{ name: 'show_discarded', value: pythonText(show_discarded) }]),
    ...(max_predictions === undefined ? [] : [{ name: 'max_predictions', value: `${max_predictions}` }]),
    ...inputs.flatMap(partsOfImage),
  ]
}

function partsOfImage(image: ClientImage, place: number): Part[] {
  const { source, filename, bbox, polygon, crop_uniform_background = false } = image
  const field = (path: string, value: string): Part => ({
    name: `inputs[${place}]image.${path}`,
    // It says so of every value that is no file, and JSON is what they are not.
    type: 'application/json',
    value,
  })
  const name = `inputs[${place}]image.source`
  return [
    typeof source === 'string' ? field('source', source) : { name, filename: filename ?? name, value: source },
    field('crop_uniform_background', pythonText(crop_uniform_background)),
    ...Object.entries(bbox ?? {}).map(([side, value]) => field(`bbox.${side}`, `${value}`)),
    ...(polygon ?? []).flatMap(({ x, y }, point) => [
      field(`polygon[${point}]x`, `${x}`),
      field(`polygon[${point}]y`, `${y}`),
    ]),
  ]
}

const pythonText = (value: boolean) => (value ? 'True' : 'False')
