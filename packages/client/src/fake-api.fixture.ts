import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: unknown
}

type Answer = (request: SeenRequest, response: ServerResponse) => void

export interface FakeApi extends AsyncDisposable {
  readonly baseUrl: string
  readonly seen: SeenRequest[]
}

/** A real HTTP server that answers the way the test says, and keeps what it was asked. */
export async function startFakeApi(answer: Answer): Promise<FakeApi> {
  const seen: SeenRequest[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { method = '', url = '', headers } = request
    const seenRequest = { method, url, headers, body: text === '' ? undefined : JSON.parse(text) }
    seen.push(seenRequest)
    answer(seenRequest, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function answerJson(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}
