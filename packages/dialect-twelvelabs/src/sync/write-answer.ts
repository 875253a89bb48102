import { embedCombined, embedImage, embedText, type ImageInput, type JsonText } from '@inferq/contracts'
import type { Task } from '@inferq/domain'
import type { Call } from '../call.ts'
import type { MediaKind } from '../request/media-block.ts'
import { inputOf } from '../tasks/media-task.ts'
import { metadataOf, namesOf } from '../tasks/metadata.ts'
import { openResult } from '../tasks/result-text.ts'
import { writeResult } from '../tasks/write-result.ts'
import type { InputType } from './embed-request.ts'

type Pieces = AsyncIterable<JsonText | Uint8Array>
type Services = Call['services']

/** What came of a task that has succeeded. */
export async function writeAnswer({ services }: Call, type: InputType, task: Task): Promise<Pieces> {
  switch (type) {
    case 'audio':
    case 'video':
      return ofMedium(services, type, task)
    case 'text': {
      const { embeddings } = embedText.result.parse(await resultOf(services, task))
      return oneVector(embeddings[0])
    }
    case 'image': {
      const { embeddings } = embedImage.result.parse(await resultOf(services, task))
      const { images } = embedImage.input.parse(await askedOf(services, task))
      return oneVector(embeddings[0], metadataOfImage(type, images))
    }
    case 'text_image': {
      const { embedding } = embedCombined.result.parse(await resultOf(services, task))
      const { images } = embedCombined.input.parse(await askedOf(services, task))
      return oneVector(embedding, metadataOfImage(type, images))
    }
    case 'multi_input': {
      const { embedding } = embedCombined.result.parse(await resultOf(services, task))
      return oneVector(embedding, { input_type: type })
    }
  }
}

async function ofMedium(services: Services, kind: MediaKind, task: Task): Promise<Pieces> {
  const input = await inputOf(services, task)
  const result = await openResult(services, task)
  return writeResult({ metadata: input && metadataOf(kind, input, result.facts.duration_sec) }, result)
}

async function* oneVector(embedding: readonly number[] | undefined, metadata?: object): AsyncGenerator<JsonText> {
  const nowhere = { embedding_option: null, embedding_scope: null, start_sec: null, end_sec: null }
  yield JSON.stringify({ data: [{ embedding, ...nowhere }], metadata })
}

const metadataOfImage = (input_type: InputType, [image]: readonly ImageInput[]) => ({
  input_type,
  ...(image ? namesOf(image.source) : {}),
})

const resultOf = async (services: Services, task: Task): Promise<unknown> =>
  JSON.parse((await services.result(task)) ?? '')
const askedOf = async (services: Services, task: Task): Promise<unknown> =>
  JSON.parse((await services.input(task)) ?? '')
