import { type Endpoint, endpoints } from '@inferq/dialect-clearml'
import { queryFields } from './query-fields.ts'

interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  additionalProperties?: JsonSchema | boolean
  required?: string[]
  anyOf?: JsonSchema[]
  items?: JsonSchema
  enum?: unknown[]
}

/** A request, or a part of one, with a value put somewhere into it. */
type Place = (value: unknown) => unknown

interface Places {
  /** The fields of the request itself. */
  fields: readonly Place[]
  /** What is inside of them. */
  inner: readonly Place[]
}

type Request = Record<string, unknown>

/** Its items are like the requests of another; no schema of its own lists their fields. */
const batches: Readonly<Record<string, string>> = { 'tasks.update_batch': 'tasks.update' }

/** Of those without a list of fields, only the one that echoes has no query language. */
export const takesQueries = ({ name, request }: Endpoint): boolean =>
  name !== 'debug.ping' && !batches[name] && !jsonSchema(request).properties

const jsonSchema = (request: Endpoint['request']) =>
  request.toJSONSchema({ io: 'input', unrepresentable: 'any' }) as JsonSchema

function schemaOf(endpoint: Endpoint): JsonSchema {
  const item = endpoints.find(({ name }) => name === batches[endpoint.name])
  const schema = jsonSchema((item ?? endpoint).request)
  if (!takesQueries(endpoint)) return schema
  return { properties: Object.fromEntries(queryFields.map((field) => [field, {}])) }
}

/** Where a value may be put into a request that is otherwise as the schema wants it. */
export function placesIn(endpoint: Endpoint): Places {
  const schema = schemaOf(endpoint)
  const put = (field: string) => (value: unknown) => ({ ...leastOf(schema), [field]: value })
  const properties = Object.entries(schema.properties ?? {})
  return {
    fields: properties.map(([field]) => put(field)),
    inner: properties.flatMap(([field, inner]) => within(inner, 2).map((place) => wrap(put(field), place))),
  }
}

/** The least that the endpoint's schema asks for, about objects that do not exist. */
export const leastRequest = (endpoint: Endpoint): Request => leastOf(schemaOf(endpoint))

const leastOf = ({ properties = {}, required = [] }: JsonSchema): Request =>
  Object.fromEntries(required.map((field) => [field, least(properties[field] ?? {})]))

function least(schema: JsonSchema): unknown {
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return least(schema.anyOf[0])
  if (schema.type === 'array') return [least(schema.items ?? {})]
  if (schema.type === 'object') return leastOf(schema)
  if (schema.type === 'integer' || schema.type === 'number') return 1
  return schema.type === 'boolean' ? false : 'f'.repeat(32)
}

const wrap =
  (outer: Place, inner: Place): Place =>
  (value) =>
    outer(inner(value))

/** Places inside a value of that schema, so many levels down. */
function within(schema: JsonSchema, levels: number): Place[] {
  if (schema.anyOf) return schema.anyOf.flatMap((alternative) => within(alternative, levels))
  const deeper = (place: Place, inner: JsonSchema | undefined): Place[] => [
    place,
    ...(levels > 0 && inner ? within(inner, levels - 1).map((next) => wrap(place, next)) : []),
  ]
  if (schema.type === 'array') return deeper((value) => [value], schema.items)
  if (schema.type !== 'object') return []
  const { additionalProperties: values } = schema
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
      deeper((value) => ({ ...leastOf(schema), [field]: value }), inner),
    ),
    ...(typeof values === 'object' ? deeper((value) => ({ key: value }), values) : []),
  ]
}
