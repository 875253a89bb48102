import { ApiError } from '../errors/api-error.ts'
import { mergeOver, parseParameters } from './parameters.ts'
import { parseJson, parseLine } from './parse-json.ts'
import { isPlainObject, type PlainObject } from './plain-object.ts'

export interface RequestData {
  data: PlainObject
  /** The objects of a json-lines body, or a plain one as the only item. */
  batch: readonly PlainObject[]
}

/** Body and query string as one object, the latter over the former. */
export function requestData(body: Buffer, contentType: string | undefined, query: string): RequestData {
  const parameters = parseParameters(query)
  const text = body.toString()
  if (contentType === 'application/json-lines') return { data: parameters, batch: parseLines(text) }
  const sent = isForm(contentType, text) ? parseParameters(text) : parseObject(text)
  const data = mergeOver(sent, parameters)
  return { data, batch: Object.keys(data).length > 0 ? [data] : [] }
}

/** curl says of everything that it is a form, JSON too. */
const isForm = (contentType: string | undefined, text: string) =>
  contentType?.startsWith('application/x-www-form-urlencoded') === true && !/^\s*[[{]/.test(text)

function parseObject(text: string): PlainObject {
  if (text.trim() === '') return {}
  const body = parseJson(text)
  if (body === null) return {}
  if (isPlainObject(body)) return body
  throw new ApiError('general', 'the body must be a JSON object')
}

function parseLines(text: string): PlainObject[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.map((line) => {
    const item = parseLine(line)
    if (isPlainObject(item)) return item
    throw new ApiError('invalidRequest', 'each line of a batch must be a JSON object')
  })
}
