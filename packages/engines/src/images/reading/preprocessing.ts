import { fieldOf } from '../../field-of.ts'

/** How a model wants its images: what `preprocessor_config.json` says, in one form. */
export interface Preprocessing {
  /** `null`: as large as it came. */
  readonly resize: Resize | null
  readonly centerCrop: { readonly width: number; readonly height: number } | null
  /** 2: bilinear, 3: cubic, 0: nearest, 1: Lanczos; numbers as the files have them. */
  readonly resample: number
  /** A value of the model is `byte * scale[channel] + offset[channel]`. */
  readonly scale: readonly [number, number, number]
  readonly offset: readonly [number, number, number]
  /** Some models want blue first. */
  readonly isBlueFirst: boolean
}

export type Resize =
  | { readonly kind: 'exact'; readonly width: number; readonly height: number }
  | { readonly kind: 'edges'; readonly shortest: number | null; readonly longest: number | null }

type Config = Readonly<Record<string, unknown>>

const unknownSteps = [
  'pad_size',
  'size_divisor',
  'size_divisibility',
  'do_crop_margin',
  'do_thumbnail',
  'max_num_patches',
]

export function readPreprocessing(config: Config): Preprocessing {
  const unknown = unknownSteps.filter(
    (name) => Boolean(config[name]) && (!/^(pad|size)/.test(name) || config.do_pad === true),
  )
  if (unknown.length > 0) throw new UnknownPreprocessing(unknown.join(', '))

  const rescale = config.do_rescale === false ? 1 : (numberOf(config.rescale_factor) ?? 1 / 255)
  const isNormalised = config.do_normalize === true
  const mean = isNormalised ? threeOf(config.image_mean ?? config.mean, 0) : zeros
  const deviation = isNormalised ? deviationOf(config) : ones
  return {
    ...geometryOf(config),
    resample: typeof config.resample === 'number' ? config.resample : 2,
    scale: mapThree((channel) => rescale / deviation[channel]),
    offset: mapThree((channel) => -mean[channel] / deviation[channel]),
    isBlueFirst: config.do_flip_channel_order === true,
  }
}

export class UnknownPreprocessing extends Error {}

type Three = readonly [number, number, number]
const zeros: Three = [0, 0, 0]
const ones: Three = [1, 1, 1]
const mapThree = (of: (channel: 0 | 1 | 2) => number): Three => [of(0), of(1), of(2)]

/** EfficientNets with a top layer of their own divide by the deviation twice. */
function deviationOf(config: Config): Three {
  const deviation = threeOf(config.image_std ?? config.std, 1)
  const isSquared = isOf(config, 'EfficientNet') && config.include_top !== false
  return isSquared ? mapThree((channel) => deviation[channel] ** 2) : deviation
}

function geometryOf(config: Config): Pick<Preprocessing, 'resize' | 'centerCrop'> {
  if (isOf(config, 'ConvNext')) return convNextGeometry(config)
  const centerCrop = config.do_center_crop === true ? sizeOf(config.crop_size) : null
  return { centerCrop, resize: config.do_resize === false ? null : resizeOf(config, centerCrop !== null) }
}

/** Small sizes are cut out of the middle of something larger; large ones take the whole image out of shape. */
function convNextGeometry(config: Config): Pick<Preprocessing, 'resize' | 'centerCrop'> {
  const edge = numberOf(config.size) ?? numberOf(fieldOf(config.size, 'shortest_edge')) ?? 224
  const square = { width: edge, height: edge }
  if (edge >= 384) return { resize: { kind: 'exact', ...square }, centerCrop: null }
  return { resize: edges(Math.floor(edge / (numberOf(config.crop_pct) ?? 224 / 256)), null), centerCrop: square }
}

function resizeOf(config: Config, isCropped: boolean): Resize | null {
  const size = config.size ?? config.image_size
  const [number, max] = [numberOf(size), numberOf(config.max_size)]
  // A bare number is from before sizes had names: a square, unless something else is said to take care of the rest.
  if (number !== null && (isCropped || max !== null)) return edges(number, max)
  const exact = sizeOf(size)
  if (exact) return { kind: 'exact', ...exact }
  const [shortest, longest] = [numberOf(fieldOf(size, 'shortest_edge')), numberOf(fieldOf(size, 'longest_edge'))]
  return shortest === null && longest === null ? null : edges(shortest, longest)
}

const isOf = (config: Config, family: string) =>
  String(config.image_processor_type ?? config.feature_extractor_type).startsWith(family)

const edges = (shortest: number | null, longest: number | null): Resize => ({ kind: 'edges', shortest, longest })

function sizeOf(size: unknown): { width: number; height: number } | null {
  const side = numberOf(size)
  if (side !== null) return { width: side, height: side }
  const [width, height] = [numberOf(fieldOf(size, 'width')), numberOf(fieldOf(size, 'height'))]
  return width === null || height === null ? null : { width, height }
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null)

function threeOf(value: unknown, otherwise: number): Three {
  if (Array.isArray(value)) return mapThree((channel) => Number(value[channel] ?? otherwise))
  return mapThree(() => Number(value ?? otherwise))
}
