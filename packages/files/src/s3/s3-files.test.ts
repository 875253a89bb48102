import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { freePort } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesSuite } from '../files.contract.ts'
import { openFiles } from '../open-files.ts'
import type { OpenFiles, S3Place } from '../place.ts'
import { isUnreachable } from '../unreachable.ts'
import { startCountingProxy } from './counting-proxy.fixture.ts'
import { ownS3, startS3 } from './s3-server.fixture.ts'

const megabyte = 1024 * 1024

describe('a store of files on S3', () => {
  let server: { place: S3Place; stop(): Promise<unknown> }
  const opened: OpenFiles[] = []
  beforeAll(async () => {
    server = await startS3()
  })
  afterAll(async () => {
    for (const files of opened) files.close()
    await server.stop()
  })
  const open = async (more: Partial<S3Place> = {}) => {
    const files = await openFiles({ s3: { ...server.place, prefix: `${randomUUID()}/`, ...more } })
    opened.push(files)
    return files
  }

  filesSuite(open, { lax: ownS3 === undefined })

  it('takes no more of a source than the few parts that are on their way to the server', async () => {
    using proxy = await startCountingProxy(server.place.endpoint ?? '')
    const files = await open({ endpoint: proxy.endpoint })
    let [asked, mostAhead] = [0, 0]
    async function* source() {
      for (; asked < 80 * megabyte; asked += megabyte) {
        mostAhead = Math.max(mostAhead, asked - proxy.received())
        yield Buffer.alloc(megabyte)
      }
    }
    expect(await files.write('artifacts/a', source())).toEqual({ size: 80 * megabyte })
    expect(proxy.received()).toBeGreaterThan(80 * megabyte)
    expect(mostAhead / megabyte).toBeLessThanOrEqual(50)
  })

  it('keeps apart what has different prefixes', async () => {
    const [one, other] = [await open(), await open()]
    await one.put('inputs/a.json', 'x')
    expect(await other.getText('inputs/a.json')).toBeNull()
  })

  it('says that it cannot be reached while the server is away, or is not well', async () => {
    await using sick = await sickServer()
    const nobody = `http://127.0.0.1:${await freePort()}`
    for (const endpoint of [sick.endpoint, nobody]) {
      const files = await open({ endpoint })
      const calls = [
        files.put('inputs/a.json', 'x'),
        files.getText('inputs/a.json'),
        files.stat('inputs/a.json'),
        files.read('inputs/a.json'),
        files.write('artifacts/a', (async function* () {})()),
        files.delete('inputs/a.json'),
      ]
      for (const error of await Promise.all(
        calls.map((call) =>
          call.then(
            () => null,
            (thrown) => thrown,
          ),
        ),
      )) {
        expect(isUnreachable(error), String(error)).toBe(true)
        expect(error.message).toBe('the file store could not be reached')
      }
    }
  })

  it('does not call a file missing when it is the bucket that is, or the key that is wrong', async () => {
    await expect((await open({ bucket: 'none' })).getText('inputs/a.json')).rejects.toThrow('bucket')
    const credentials = { accessKey: 'nobody', secretKey: 'wrong' }
    await expect((await open({ credentials })).getText('inputs/a.json')).rejects.toThrow('Access Key')
  })
})

/** A server that says of every request that the fault is its own. */
async function sickServer() {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(503).end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
