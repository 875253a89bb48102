import { connect, type Socket } from 'node:net'

export interface HttpLoad {
  port: number
  connections: number
  total: number
  path: string
  headers: Record<string, string>
  body: (n: number) => string
  /** The status that each answer must have. */
  expected: number
}

/**
 * Posts `total` requests over keep-alive connections, one in flight on each, and resolves when all are answered.
 * A bare socket client: the cheaper the sender, the more of the machine is left for what is measured.
 */
export async function postAll(load: HttpLoad): Promise<{ seconds: number }> {
  let next = 0
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: Math.min(load.connections, load.total) }, () =>
      drive(load, () => (next < load.total ? next++ : null)),
    ),
  )
  return { seconds: (performance.now() - startedAt) / 1_000 }
}

function drive({ port, path, headers, body, expected }: HttpLoad, take: () => number | null): Promise<void> {
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${Object.entries(
    headers,
  )
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}`
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    let received = ''
    let answerLength = 0
    const sendNext = () => {
      const n = take()
      if (n === null) {
        socket.end()
        resolve()
        return
      }
      const text = body(n)
      socket.write(`${head}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
    }
    socket.on('connect', sendNext)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1')
      if (answerLength === 0) {
        const end = received.indexOf('\r\n\r\n')
        if (end < 0) return
        answerLength = end + 4 + Number(/content-length: (\d+)/i.exec(received.slice(0, end))?.[1])
      }
      if (received.length < answerLength) return
      if (!received.startsWith(`HTTP/1.1 ${expected} `)) return reject(new Error(`refused: ${received}`))
      received = ''
      answerLength = 0
      sendNext()
    })
  })
}
