import { describe, expect, it } from 'vitest'
import { middleOf, resizedTo } from './geometry.ts'
import { readPreprocessing, UnknownPreprocessing } from './preprocessing.ts'

const image = { width: 640, height: 480 }
const sizesOf = (config: Record<string, unknown>) => {
  const preprocessing = readPreprocessing(config)
  const resized = resizedTo(preprocessing, image) ?? image
  const { width, height } = preprocessing.centerCrop ? middleOf(resized, preprocessing.centerCrop) : resized
  return [width, height]
}

describe('the size that a model wants of an image of 640 x 480', () => {
  it.each([
    ['exact', { size: { height: 224, width: 256 } }, [256, 224]],
    ['a bare number', { size: 224 }, [224, 224]],
    ['a bare number with a crop, as CLIP had it', { size: 224, do_center_crop: true, crop_size: 224 }, [224, 224]],
    ['a bare number with a maximum, as DETR had it', { size: 800, max_size: 1_000 }, [1_000, 750]],
    ['its shortest edge', { size: { shortest_edge: 240 } }, [320, 240]],
    ['its shortest edge up to a longest one', { size: { shortest_edge: 800, longest_edge: 1_000 } }, [1_000, 750]],
    ['its longest edge', { size: { longest_edge: 320 } }, [320, 240]],
    [
      'a middle',
      { size: { shortest_edge: 256 }, do_center_crop: true, crop_size: { width: 224, height: 200 } },
      [224, 200],
    ],
    ['as it is', { do_resize: false, size: { height: 1, width: 1 } }, [640, 480]],
    [
      'the middle that ConvNeXt cuts out',
      { image_processor_type: 'ConvNextImageProcessor', size: { shortest_edge: 224 } },
      [224, 224],
    ],
    [
      'a large ConvNeXt',
      { feature_extractor_type: 'ConvNextFeatureExtractor', size: { shortest_edge: 384 } },
      [384, 384],
    ],
  ])('%s', (_, config, expected) => {
    expect(sizesOf(config)).toEqual(expected)
  })
})

describe('the numbers that a model wants', () => {
  const valueOfByte = (config: Record<string, unknown>, byte: number) => {
    const { scale, offset } = readPreprocessing({ size: 1, ...config })
    return scale.map((factor, channel) => byte * factor + (offset[channel] as number))
  }

  it.each([
    ['from 0 to 1', {}, [1, 1, 1]],
    ['bytes', { do_rescale: false }, [255, 255, 255]],
    ['from -1 to 1', { do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5] }, [1, 1, 1]],
    ['by its own mean', { do_normalize: true, image_mean: [0, 0.2, 0.5], image_std: [1, 0.5, 0.25] }, [1, 1.6, 2]],
    ['by one mean for all', { do_normalize: true, image_mean: 0.5, image_std: 0.25 }, [2, 2, 2]],
    [
      'as EfficientNets do',
      { image_processor_type: 'EfficientNetImageProcessor', do_normalize: true, image_mean: 0.5, image_std: 0.5 },
      [2, 2, 2],
    ],
  ])('%s', (_, config, expected) => {
    for (const [channel, value] of valueOfByte(config, 255).entries())
      expect(value).toBeCloseTo(expected[channel] as number)
  })
})

it.each([
  { do_pad: true, pad_size: { height: 9, width: 9 } },
  { do_pad: true, size_divisor: 32 },
  { do_thumbnail: true },
  { max_num_patches: 256 },
])('a preparation that is not known is refused rather than left out: %j', (config) => {
  expect(() => readPreprocessing({ size: 9, ...config })).toThrow(UnknownPreprocessing)
})
