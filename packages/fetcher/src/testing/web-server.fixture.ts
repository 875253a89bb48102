import { createServer, type RequestListener } from 'node:http'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'

export interface TestServer extends AsyncDisposable {
  port: number
  /** Connections that were ever made. */
  connections: number
  /** Those that are open. */
  sockets: ReadonlySet<Socket>
}

export interface WebServer extends TestServer {
  /** Paths that were asked for. */
  requests: string[]
}

/** Answers HTTP; `port` 0 is any. */
export async function startWebServer(address: string, answer: RequestListener, port = 0): Promise<WebServer> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    answer(request, response)
  })
  return Object.assign(await listen(server, address, port), { requests })
}

/** Speaks what HTTP servers do not; `speak` runs once the first bytes of a request are there. */
export function startTcpServer(address: string, speak: (socket: Socket) => void): Promise<TestServer> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => speak(socket))
  })
  return listen(server, address, 0)
}

export async function listen(server: Server, address: string, port: number): Promise<TestServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    started.connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, address, resolve)
  })
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port')
  const started: TestServer = {
    port: bound.port,
    connections: 0,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return started
}
