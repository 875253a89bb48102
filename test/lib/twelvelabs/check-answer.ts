import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { schemas } from './schemas.ts'

export interface SeenAnswer {
  readonly method: string
  /** With its query, below `/v1.3`. */
  readonly path: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

const ajv = new Ajv2020({ allErrors: true })
addFormats.default(ajv)

/** By method, path and status; everything else is a refusal. */
const answers = [
  ['POST', /^\/embed-v2\/tasks$/, 202, ajv.compile(schemas.created)],
  ['GET', /^\/embed-v2\/tasks\/[^/]+$/, 200, ajv.compile(schemas.retrieved)],
  ['GET', /^\/embed-v2\/tasks$/, 200, ajv.compile(schemas.list)],
  ['POST', /^\/embed-v2$/, 200, ajv.compile(schemas.embedded)],
  ['POST', /^\/assets$/, 201, ajv.compile(schemas.asset)],
  ['GET', /^\/assets\/[^/]+$/, 200, ajv.compile(schemas.asset)],
  ['GET', /^\/assets$/, 200, ajv.compile(schemas.assets)],
] as const
const isRefusal = ajv.compile(schemas.refusal)

/** Everything that is wrong with an answer, whichever test asked for it. */
export function problemsOf(answer: SeenAnswer): string[] {
  const { method, path, status, headers, text } = answer
  const wrong: string[] = []
  if (headers['x-api-version'] !== '1.3') wrong.push(`X-Api-Version is ${headers['x-api-version']}`)
  if (text === '') return status === 204 ? wrong : [...wrong, 'there is no body']
  if (!`${headers['content-type']}`.startsWith('application/json')) wrong.push(`its type is ${headers['content-type']}`)
  if (/node_modules|\.ts:\d|\bat [\w.]+ \(|\/tmp\/|select |insert /.test(text))
    wrong.push('it says how the server is made')
  const body = parsed(text)
  if (body === undefined) return [...wrong, 'it is no JSON']
  const [bare = ''] = path.split('?')
  const known = answers.find(([verb, pattern, code]) => verb === method && pattern.test(bare) && code === status)
  if (!known && status < 400) return [...wrong, `nothing is known of ${method} ${bare} with ${status}`]
  const isAsPromised = known?.[3] ?? isRefusal
  if (!isAsPromised(withoutFused(body))) wrong.push(ajv.errorsText(isAsPromised.errors))
  return wrong
}

/** The vendor's document is older than these entries; apart from the name of their option they are as all others. */
function withoutFused(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('data' in body) || !Array.isArray(body.data)) return body
  const data = body.data.map((entry) =>
    entry?.embedding_option === 'fused' ? { ...entry, embedding_option: null } : entry,
  )
  return { ...body, data }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
