import { createServer } from 'node:net'

/** Throws, in words for a person, when nothing can listen there. */
export async function checkPort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer()
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${cause.message})`
      reject(new Error(`port ${port} of ${host} ${why}; choose another: PORT=${port + 1} npm start`, { cause }))
    })
    server.listen(port, host, () => server.close(() => resolve()))
  })
}
