import { answers, maps, records } from './shapes.ts'

type Check = (value: unknown) => boolean

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value: unknown): value is string => typeof value === 'string'

const kinds: Readonly<Record<string, Check>> = {
  string: isText,
  date: (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?([+-]\d\d:\d\d|Z)$/.test(value),
  int: Number.isInteger,
  number: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  object: isObject,
  list: Array.isArray,
}

/** Throws where the SDK would find the answer's frame, or the data of a success, to be of wrong types. */
export function checkAnswer(endpoint: string, status: number, answer: unknown): void {
  const wrong = [...wrongInFrame(answer, status, endpoint)]
  if (status === 200 && isObject(answer)) {
    const shape = answers[endpoint]
    if (shape === undefined) throw new Error(`no answer of ${endpoint} is described`)
    wrong.push(...(isText(shape) ? wrongIn(answer.data, shape, 'data') : wrongInFields(answer.data, shape, 'data')))
  }
  if (wrong.length > 0) throw new Error(`${endpoint} answered what the SDK cannot read: ${wrong.join('; ')}`)
}

/** Without any of these the SDK takes no answer, nor an error, for what it is. */
function* wrongInFrame(answer: unknown, status: number, endpoint: string): Generator<string> {
  if (!isObject(answer) || !isObject(answer.meta)) return yield 'there is no meta'
  const { meta, data } = answer
  if (!isObject(data)) yield 'data is no object'
  for (const field of ['id', 'trx', 'result_msg']) if (!isText(meta[field])) yield `meta.${field} is no string`
  for (const field of ['result_code', 'result_subcode']) if (!kinds.int?.(meta[field])) yield `meta.${field} is no int`
  // No transaction is named, so the call is its own.
  if (meta.trx !== meta.id) yield 'meta.trx is not meta.id'
  if (meta.result_code !== status) yield `meta.result_code is ${meta.result_code} and not ${status}`
  if (meta.error_stack !== null && !isText(meta.error_stack)) yield 'meta.error_stack is neither null nor a string'
  if (!isObject(meta.error_data)) yield 'meta.error_data is no object'
  if (!isObject(meta.endpoint)) return yield 'there is no meta.endpoint'
  const { name, requested_version, actual_version } = meta.endpoint
  if (name !== endpoint) yield `meta.endpoint.name is ${name}`
  if (!isText(requested_version)) yield 'meta.endpoint.requested_version is no string'
  if (!isText(actual_version) && status === 200) yield 'meta.endpoint.actual_version is no string'
}

function* wrongInFields(value: unknown, fields: Readonly<Record<string, string>>, at: string): Generator<string> {
  if (!isObject(value)) return yield `${at} is no object`
  for (const [field, shape] of Object.entries(fields)) yield* wrongIn(value[field], shape, `${at}.${field}`)
}

function* wrongIn(value: unknown, shape: string, at: string): Generator<string> {
  if (value === null || value === undefined) return
  const inner = shape.slice(1, -1)
  const fields = records[shape]
  if (fields) yield* wrongInFields(value, fields, at)
  else if (maps[shape] !== undefined) yield* wrongIn(value, maps[shape], at)
  else if (shape.startsWith('[')) {
    if (!Array.isArray(value)) return yield `${at} is no list`
    for (const [place, item] of value.entries()) yield* wrongIn(item, inner, `${at}[${place}]`)
  } else if (shape.startsWith('{')) {
    if (!isObject(value)) return yield `${at} is no object`
    for (const [key, item] of Object.entries(value)) yield* wrongIn(item, inner, `${at}.${key}`)
  } else {
    const check = kinds[shape]
    if (!check) throw new Error(`no shape is called ${shape}`)
    if (!check(value)) yield `${at} is no ${shape}: ${JSON.stringify(value)}`
  }
}
