import { z } from 'zod'
import type { Call } from '../call.ts'
import { mediaBounds } from '../limits.ts'
import { later, must, oneOf } from '../request/fields.ts'
import { mediaBlocks } from '../request/media-block.ts'
import { mediaJob } from '../request/media-job.ts'
import { checkModel, ModelName } from '../request/model-name.ts'
import { parse } from '../request/parse.ts'
import { submitTask } from '../submit.ts'
import { wireId } from './wire-id.ts'

/** Blocks of other input types are not looked at. */
const CreateRequest = z.object(
  {
    input_type: oneOf(['audio', 'video'], ['image', 'document']),
    model_name: ModelName,
    embedding_uncertainty: later(false),
    audio: z.unknown().optional(),
    video: z.unknown().optional(),
  },
  must('a JSON object with input_type and model_name'),
)

export async function createTask(call: Call, body: unknown) {
  const { input_type: kind, model_name: model, ...blocks } = parse(CreateRequest, body)
  checkModel(call.services, model)
  const block = parse(mediaBlocks[kind], blocks[kind], kind)
  const task = await submitTask(call, (keeper) =>
    mediaJob(call, keeper, { kind, model, block, bounds: mediaBounds.task[kind] }),
  )
  return { _id: wireId(task), status: 'processing', data: null }
}
