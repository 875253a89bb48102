import type { ImageBounds, ImageInput } from '@inferq/contracts'
import type { InputKeeper } from '@inferq/domain'
import type { Call } from '../call.ts'
import { mediaBounds } from '../limits.ts'
import { keepSource } from '../request/keep-source.ts'
import { type MediaKind, mediaBlocks } from '../request/media-block.ts'
import { mediaJob } from '../request/media-job.ts'
import type { AskedSource } from '../request/media-source.ts'
import { parse } from '../request/parse.ts'
import type { AskedJob } from '../submit.ts'
import { ImageBlock, MultiInputBlock, TextBlock, TextImageBlock } from './blocks.ts'
import type { InputType } from './embed-request.ts'
import { withoutReferences } from './references.ts'

/** Makes the job of a request whose block has been read; its media are kept by then. */
type Maker = (call: Call, keeper: InputKeeper) => Promise<AskedJob>

const imageBounds: ImageBounds = { min_width: 128, min_height: 128, formats: ['jpeg', 'png'] }

const ofMedium = (kind: MediaKind) => (value: unknown, model: string) => {
  const block = parse(mediaBlocks[kind], value, kind)
  const maker: Maker = (call, keeper) => mediaJob(call, keeper, { kind, model, block, bounds: mediaBounds.sync[kind] })
  return maker
}

/** By the type of the input: reads its block, and throws 400 for what is wrong with it. */
export const makersOf: Record<InputType, (value: unknown, model: string) => Maker> = {
  text(value, model) {
    const { input_text } = parse(TextBlock, value, 'text')
    return async () => ({ job: 'embed.text', input: { texts: [input_text], model } })
  },
  image(value, model) {
    const { media_source } = parse(ImageBlock, value, 'image')
    return async (call, keeper) => ({
      job: 'embed.image',
      input: { images: [await keepImage(call, keeper, media_source, ['image', 'media_source'])], model },
    })
  },
  text_image(value, model) {
    const { media_source, input_text: text } = parse(TextImageBlock, value, 'text_image')
    return async (call, keeper) => ({
      job: 'embed.combined',
      input: { text, images: [await keepImage(call, keeper, media_source, ['text_image', 'media_source'])], model },
    })
  },
  audio: ofMedium('audio'),
  video: ofMedium('video'),
  multi_input(value, model) {
    const { input_text = '', media_sources } = parse(MultiInputBlock, value, 'multi_input')
    const names = media_sources.map(({ name }) => name)
    const text = withoutReferences(input_text, names, ['multi_input', 'input_text'])
    return async (call, keeper) => {
      const images: ImageInput[] = []
      for (const [place, { source }] of media_sources.entries()) {
        images.push(await keepImage(call, keeper, source, ['multi_input', 'media_sources', place], place))
      }
      return { job: 'embed.combined', input: { ...(text === '' ? {} : { text }), images, model } }
    }
  },
}

async function keepImage(
  call: Call,
  keeper: InputKeeper,
  asked: AskedSource,
  path: readonly PropertyKey[],
  place = 0,
): Promise<ImageInput> {
  const source = await keepSource(call, keeper, asked, { place, path })
  return { source, bounds: imageBounds }
}
