import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http'

export interface HttpAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
  /** It came over a connection that an earlier request had opened. */
  reused: boolean
}

/** One keep-alive client. Unlike fetch it sends a body with GET too; null: there is none, and no word of its length. */
export function createHttpClient(baseUrl: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })
  return {
    send: (method: string, path: string, headers: OutgoingHttpHeaders, body: string | Buffer | null = '') =>
      new Promise<HttpAnswer>((resolve, reject) => {
        // With GET Node would leave it to the reader to guess where the body ends.
        const framing =
          body === null || headers['transfer-encoding'] ? {} : { 'content-length': Buffer.byteLength(body) }
        const sent = request(
          `${baseUrl}${path}`,
          { method, headers: { ...headers, ...framing }, agent },
          (response) => {
            response.setEncoding('utf8')
            let text = ''
            response.on('data', (chunk: string) => {
              text += chunk
            })
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: text,
                reused: sent.reusedSocket,
              }),
            )
            response.on('error', reject)
          },
        )
        sent.on('error', reject)
        sent.end(body ?? undefined)
      }),
    close: () => agent.destroy(),
  }
}
