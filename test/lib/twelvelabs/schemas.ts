import { embeddingSchema, mediumSchemas, retrieveSchema } from './retrieve-schema.ts'

// What the contract says of the other answers, and where it is stricter than the vendor's document. Objects are open.

const string = { type: 'string' }
const number = { type: 'number' }
const integer = { type: 'integer' }
const count = { type: 'integer', minimum: 0 }
const texts = { type: 'array', items: string }
const time = { type: 'string', format: 'date-time' }
const taskId = { type: 'string', pattern: '^[0-9a-f]{24}$' }
const object = (
  properties: Readonly<Record<string, object>>,
  required: readonly string[] = Object.keys(properties),
) => ({
  type: 'object',
  properties,
  required,
})
const empty = { type: 'null' }
const cause = object({ message: { type: 'string', pattern: '\\S' } })

const created = object({ _id: taskId, status: { const: 'processing' }, data: empty })

const times = { created_at: time, updated_at: time }
/** What each status has to say, and what it has not. */
const retrieved = {
  allOf: [
    retrieveSchema,
    object({ _id: taskId, ...times }),
    {
      oneOf: [
        {
          ...object({ status: { const: 'processing' }, data: empty }),
          not: { anyOf: [has('metadata'), has('error')] },
        },
        { ...object({ status: { const: 'ready' }, data: { type: 'array' }, metadata: {} }), not: has('error') },
        { ...object({ status: { const: 'failed' }, data: empty, error: cause }), not: has('metadata') },
      ],
    },
  ],
}

const listedMedium = (kind: 'audio' | 'video') =>
  object({
    metadata: object(
      {
        input_url: string,
        input_filename: string,
        duration: number,
        start_offset_sec: number,
        end_offset_sec: number,
        video_clip_length: integer,
        [`${kind}_embedding_option`]: texts,
        [`${kind}_embedding_scope`]: texts,
      },
      [],
    ),
  })
const listedTask = {
  ...object({ _id: taskId, model_name: string, status: { enum: ['processing', 'ready', 'failed'] }, ...times }),
  oneOf: [object({ video_embedding: listedMedium('video') }), object({ audio_embedding: listedMedium('audio') })],
  not: { anyOf: [has('data'), has('embedding')] },
}
const pageOf = (items: object) =>
  object({
    data: { type: 'array', items },
    page_info: object({ page: integer, limit_per_page: integer, total_page: count, total_results: count }),
  })
const list = pageOf(listedTask)

const otherMedium = object(
  { input_type: { enum: ['image', 'text_image', 'multi_input'] }, input_url: string, input_filename: string },
  ['input_type'],
)
const embedded = object(
  {
    data: { type: 'array', minItems: 1, items: embeddingSchema },
    metadata: { oneOf: [...mediumSchemas, otherMedium] },
  },
  ['data'],
)

const asset = object(
  {
    _id: taskId,
    method: { enum: ['direct', 'url'] },
    status: { enum: ['processing', 'ready', 'failed'] },
    filename: string,
    file_type: string,
    created_at: time,
  },
  ['_id', 'method', 'status', 'created_at'],
)

const refusal = object({ code: { type: 'string', pattern: '^[a-z_]+$' }, message: { type: 'string', pattern: '\\S' } })

export const schemas = { retrieved, created, list, embedded, asset, assets: pageOf(asset), refusal }

function has(key: string) {
  return { required: [key] }
}
