import { createReadStream, statSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { pipeline } from 'node:stream/promises'

export interface MediaServer extends AsyncDisposable {
  /** Of the file with this name. */
  url(name: string): string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** Lets those go on that asked for `/slow/…`. */
  release(): void
}

const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.mp4': 'video/mp4',
  '.mkv': 'video/x-matroska',
  '.wav': 'audio/wav',
  '.html': 'text/html',
}

/** Its bytes, or the path of a large one. */
type ServedFile = Uint8Array | string

/**
 * Serves these files, whole or by ranges; what lies under `/slow/` is answered only when it is told to, and `/broken`
 * with 500.
 */
export async function startMediaServer(files: Readonly<Record<string, ServedFile>>): Promise<MediaServer> {
  const asked: string[] = []
  const held: (() => void)[] = []
  const answer = (name: string, request: IncomingMessage, response: ServerResponse) => {
    const file = files[name]
    if (name === 'broken') return response.writeHead(500).end()
    if (file === undefined) return response.writeHead(404).end()
    const length = typeof file === 'string' ? statSync(file).size : file.length
    const asked = rangeOf(request, length)
    const { from, to } = asked ?? { from: 0, to: length - 1 }
    response.writeHead(asked ? 206 : 200, {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-length': to - from + 1,
      ...(asked ? { 'content-range': `bytes ${from}-${to}/${length}` } : {}),
    })
    send(file, { from, to }, response)
  }
  const server = createServer((request, response) => {
    const { url = '/' } = request
    asked.push(url)
    const [, slow, name = ''] = /^\/(slow\/)?([^?]*)/.exec(url) ?? []
    if (slow) held.push(() => answer(name, request, response))
    else answer(name, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    asked,
    release: () => {
      for (const go of held.splice(0)) go()
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

interface Range {
  readonly from: number
  readonly to: number
}

function send(file: ServedFile, { from, to }: Range, response: ServerResponse): void {
  if (typeof file !== 'string') response.end(file.subarray(from, to + 1))
  // Who asked may go away in the middle.
  else pipeline(createReadStream(file, { start: from, end: to }), response).catch(() => response.destroy())
}

function rangeOf({ headers }: IncomingMessage, length: number): Range | null {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? []
  if (from === undefined || Number(from) >= length) return null
  return { from: Number(from), to: Math.min(to ? Number(to) : length - 1, length - 1) }
}
