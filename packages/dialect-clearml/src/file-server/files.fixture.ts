import { type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import Fastify, { type FastifyInstance } from 'fastify'
import { clearmlApi } from '../index.ts'
import { basic, type Clearml, type ClearmlCaller, startClearml } from '../testing/clearml.fixture.ts'
import { maxBodyBytes } from '../testing/shared-parts.fixture.ts'
import { fileServer } from './plugin.ts'
import type { FileServerOptions } from './scope.ts'
import { uploadsAtRoot } from './uploads-at-root.ts'

export interface Sent {
  method?: string
  /** Goes over the wire as it is. */
  path: string
  headers?: Record<string, string>
  body?: string | Buffer | AsyncIterable<Uint8Array>
}

export interface FileAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  json(): any
}

export interface FileBench extends AsyncDisposable {
  clearml: Clearml
  /** Headers of the company whose server this is. */
  own: Record<string, string>
  /** The file server alone. */
  port: number
  /** The same under `/files`, beside the API. */
  apiPort: number
  send(options: Sent): Promise<FileAnswer>
  sendToApi(options: Sent): Promise<FileAnswer>
  /** Uploads one file, and answers its path. */
  upload(path: string, content: string | Buffer): Promise<string>
  contentOf(path: string, company?: string): Promise<string | null>
}

/** Both ways in which the api offers the file server, each listening, over the real parts. */
export async function startFileServers(options: Partial<FileServerOptions> = {}): Promise<FileBench> {
  const clearml = await startClearml()
  const shared = { services: clearml.services, maxBodyBytes, ...options }
  const routerOptions = { ignoreTrailingSlash: true, maxParamLength: 500 }
  const alone = Fastify({ routerOptions })
  await alone.register(fileServer, shared)
  const beside = Fastify({ routerOptions })
  await beside.register(clearmlApi, { services: clearml.services, maxBodyBytes })
  await beside.register(fileServer, { prefix: '/files', ...shared })
  await beside.register(uploadsAtRoot, { folder: 'files', ...shared })
  const [port, apiPort] = [await listen(alone), await listen(beside)]
  const own = headersOf(clearml)
  const send = (sent: Sent) => sendTo(port, { ...sent, headers: { ...own, ...sent.headers } })
  return {
    ...{ clearml, own, port, apiPort, send },
    sendToApi: (sent) => sendTo(apiPort, { ...sent, headers: { ...own, ...sent.headers } }),
    async upload(path, content) {
      const answer = await send({ method: 'POST', path: '/', ...form([{ name: path, content }]) })
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
      return path
    },
    async contentOf(path, company = clearml.company) {
      const file = await clearml.services.artifacts.read(company, path)
      return file && Buffer.concat(await Array.fromAsync(file.body)).toString()
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([alone.close(), beside.close()])
    },
  }
}

export const headersOf = ({ credential }: ClearmlCaller) => ({ authorization: basic(credential) })

async function listen(app: FastifyInstance): Promise<number> {
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

export function sendTo(port: number, { method = 'GET', path, headers, body }: Sent): Promise<FileAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<FileAnswer>()
  const sent = request({ port, host: '127.0.0.1', method, path, headers, agent: false }, async (response) => {
    const content = Buffer.concat(await Array.fromAsync(response))
    const text = content.toString()
    const { statusCode: status = 0, headers } = response
    resolve({ status, headers, body: content, text, json: () => JSON.parse(text) })
  })
  sent.once('error', reject)
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) sent.end(body)
  else Readable.from(body).pipe(sent)
  return promise
}

export interface FormPart {
  name?: string
  /** Instead of a name: all that follows `form-data; `. */
  disposition?: string
  content: string | Buffer
}

const boundary = 'boundary-of-a-test'

/** Headers and body of a form, written as Python's clients write one. */
export function form(parts: readonly FormPart[]): { headers: Record<string, string>; body: Buffer } {
  const chunks = parts.flatMap(({ name, disposition, content }) => [
    `--${boundary}\r\nContent-Disposition: form-data; ${disposition ?? `name="${name}"; filename="${name}"`}\r\n`,
    'Content-Type: application/octet-stream\r\n\r\n',
    content,
    '\r\n',
  ])
  const body = Buffer.concat([...chunks, `--${boundary}--\r\n`].map((chunk) => Buffer.from(chunk as string)))
  return { headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body }
}
