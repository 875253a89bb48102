const number = { type: 'number', format: 'double' }
const string = { type: 'string' }
const texts = { type: 'array', items: string }
const seconds = { type: ['number', 'null'], format: 'double' }
const time = { type: 'string', format: 'date-time' }
const option = { type: 'string', enum: ['visual', 'audio', 'transcription'] }
const scope = { type: 'string', enum: ['clip', 'asset'] }
const orNull = (schema: object) => ({ oneOf: [schema, { type: 'null' }] })

export const embeddingSchema = {
  type: 'object',
  properties: {
    embedding: { type: 'array', items: number },
    embedding_option: orNull(option),
    embedding_scope: orNull(scope),
    start_sec: seconds,
    end_sec: seconds,
  },
  required: ['embedding'],
}

const mediumSchema = (type: 'audio' | 'video', more: object) => ({
  type: 'object',
  properties: {
    input_type: { type: 'string', enum: [type] },
    input_url: string,
    input_filename: string,
    embedding_options: texts,
    embedding_scopes: { type: 'array', items: scope },
    duration: number,
    start_offset_sec: number,
    end_offset_sec: number,
    ...more,
  },
  required: ['input_type', 'embedding_options', 'embedding_scopes', 'duration'],
})
export const mediumSchemas = [mediumSchema('audio', {}), mediumSchema('video', { clip_length: { type: 'integer' } })]

/** What the vendor's OpenAPI document states of the answer that retrieves a task, as JSON Schema. */
export const retrieveSchema = {
  type: 'object',
  properties: {
    _id: string,
    status: { type: 'string', enum: ['processing', 'ready', 'failed'] },
    created_at: time,
    updated_at: time,
    data: { type: ['array', 'null'], items: embeddingSchema },
    metadata: { oneOf: mediumSchemas },
  },
  required: ['_id', 'status', 'data'],
}
