import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

export interface Sent {
  method: string
  url: string
  headers: Record<string, string>
  payload?: string | Buffer
}

/** One request over the wire as it is given, with no header that is not. */
export function send({ method, url, headers, payload }: Sent) {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    headers: NodeJS.Dict<string | string[]>
    text: string
  }>()
  const sent = request(url, { method, headers }, async (response) => {
    try {
      const text = (await buffer(response)).toString()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
    } catch (error) {
      reject(error)
    }
  })
  sent.on('error', reject)
  sent.end(payload)
  return promise
}
