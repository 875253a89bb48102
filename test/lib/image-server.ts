import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ImageServer extends AsyncDisposable {
  /** Of the file with this name. */
  url(name: string): string
  /** Paths that were asked for. */
  readonly asked: readonly string[]
  /** Lets those go on that asked for `/slow/…`. */
  release(): void
}

/** Serves these files; what lies under `/slow/` is answered only when it is told to, and `/broken` with 500. */
export async function startImageServer(files: Readonly<Record<string, Uint8Array>>): Promise<ImageServer> {
  const asked: string[] = []
  const held: (() => void)[] = []
  const answer = (name: string, response: ServerResponse) => {
    const file = files[name]
    if (name === 'broken') return response.writeHead(500).end()
    if (!file) return response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': file.length }).end(file)
  }
  const server = createServer(({ url = '/' }, response) => {
    asked.push(url)
    const [, slow, name = ''] = /^\/(slow\/)?([^?]*)/.exec(url) ?? []
    if (slow) held.push(() => answer(name, response))
    else answer(name, response)
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
