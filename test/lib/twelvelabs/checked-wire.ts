import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problemsOf } from './check-answer.ts'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

export interface CheckedWire {
  /** What callers have in place of the api's own address. */
  readonly url: string
  /** In the order in which they came. */
  readonly requests: readonly SeenRequest[]
  /** What was wrong with answers so far. */
  readonly problems: readonly string[]
  close(): Promise<void>
}

/** Stands between callers and the api, changes nothing, and holds every answer against what is promised of it. */
export async function openCheckedWire(apiUrl: string): Promise<CheckedWire> {
  const requests: SeenRequest[] = []
  const problems: string[] = []
  const base = '/v1.3'

  const pass = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { method = '', url = '/', headers } = incoming
    requests.push({ method, path: url, headers })
    const forwarded = request(`${apiUrl}${url}`, { method, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 0, answer.headers)
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        outgoing.write(chunk)
      })
      answer.on('end', () => {
        const seen = { method, path: url.slice(base.length), status: answer.statusCode ?? 0, headers: answer.headers }
        const text = Buffer.concat(chunks).toString()
        const wrong = problemsOf({ ...seen, text })
        if (wrong.length > 0)
          problems.push(`${method} ${url} -> ${seen.status} ${text.slice(0, 300)}: ${wrong.join('; ')}`)
        outgoing.end()
      })
      answer.on('error', () => outgoing.destroy())
    })
    // An api that has answered need not read the rest of what it refused.
    forwarded.on('error', () => outgoing.headersSent || outgoing.destroy())
    // A caller that goes away is gone for the api too.
    outgoing.on('close', () => forwarded.destroy())
    incoming.pipe(forwarded)
  }

  const server = createServer(pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}${base}`,
    requests,
    problems,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
