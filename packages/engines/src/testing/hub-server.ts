import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** A hub that has the folders in `modelsDir` as models without an owner, and those of `extraFiles` by path. */
export async function startHub(modelsDir: string, extraFiles: Record<string, string> = {}) {
  const requests: { path: string; authorization: string | undefined }[] = []
  const server = createServer(async ({ url = '', headers }, response) => {
    const path = url.slice(1).replace('/resolve/main/', '/')
    requests.push({ path, authorization: headers.authorization })
    const content = extraFiles[path] ?? (await readFile(join(modelsDir, path)).catch(() => undefined))
    response.writeHead(content === undefined ? 404 : 200).end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
