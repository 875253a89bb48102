import { z } from 'zod'
import { later, must, oneOf } from '../request/fields.ts'
import { ModelName } from '../request/model-name.ts'

const inputTypes = ['text', 'image', 'text_image', 'audio', 'video', 'multi_input'] as const
export type InputType = (typeof inputTypes)[number]

/** Blocks of other input types are not looked at. */
export const EmbedRequest = z.object(
  {
    input_type: oneOf(inputTypes),
    model_name: ModelName,
    auto_truncate: later(false),
    embedding_uncertainty: later(false),
    text: z.unknown().optional(),
    image: z.unknown().optional(),
    text_image: z.unknown().optional(),
    audio: z.unknown().optional(),
    video: z.unknown().optional(),
    multi_input: z.unknown().optional(),
  },
  must('a JSON object with input_type and model_name'),
)
