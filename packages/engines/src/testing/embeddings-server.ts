import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Request {
  readonly method: string
  readonly path: string
  readonly authorization: string | undefined
  readonly body: { model: string; input: string[]; encoding_format: string }
}

type Answer = { status?: number; headers?: Record<string, string>; body: unknown }
/** Answers a request in the server's place; `undefined` leaves it to the server, `null` never answers. */
type Override = (request: Request) => Answer | undefined | null

const info = { max_client_batch_size: 8, max_batch_tokens: 512, max_input_length: 128 }

/** A server with OpenAI's embeddings wire and TEI's `/info`, on a port of its own. Its vectors count letters. */
export async function startEmbeddingsServer(override: Override = () => undefined) {
  const requests: Request[] = []
  const server = createServer(async (message, response) => {
    const request = await read(message)
    requests.push(request)
    const answer = override(request)
    if (answer !== null) send(response, answer ?? usualAnswer(request))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    baseUrl: `${origin}/v1`,
    requests,
    embedRequests: () => requests.filter(({ path }) => path === '/v1/embeddings'),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function usualAnswer({ method, path, body }: Request): Answer {
  if (path === '/info') return { body: info }
  if (path === '/health') return { body: '' }
  if (method !== 'POST' || path !== '/v1/embeddings') return { status: 404, body: { error: 'not found' } }
  if (body.input.length > info.max_client_batch_size) return { status: 413, body: { error: 'batch too large' } }
  return { body: { object: 'list', model: body.model, data: body.input.map(embeddingOf).reverse() } }
}

/** Last first in the answer: a client must go by the index. */
const embeddingOf = (text: string, index: number) => ({ object: 'embedding', index, embedding: countLetters(text) })

export function countLetters(text: string): number[] {
  const counts = new Array<number>(32).fill(0)
  for (const [position, letter] of [...text].entries()) {
    const place = (letter.codePointAt(0) ?? 0) % 32
    counts[place] = (counts[place] as number) + 1 + position / 100
  }
  return counts
}

async function read(message: IncomingMessage): Promise<Request> {
  let text = ''
  for await (const part of message) text += part
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    authorization: message.headers.authorization,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
