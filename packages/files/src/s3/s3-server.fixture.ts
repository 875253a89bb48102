import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { freePort, startNode, tempDir, until } from '@inferq/testkit'
import type { S3Place } from '../place.ts'

/** A server of one's own to test with: `http://key:secret@host/bucket`. */
export const ownS3 = process.env.INFERQ_TEST_S3_URL

/** A server that speaks S3, with one bucket. */
export async function startS3(): Promise<{ place: S3Place; stop(): Promise<unknown> }> {
  if (ownS3) return { place: placeOf(new URL(ownS3)), stop: async () => {} }
  const folder = await tempDir('s3')
  const port = await freePort()
  const entry = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin', 's3rver.js')
  const where = ['--directory', folder.path, '--address', '127.0.0.1', '--port', `${port}`]
  const server = await startNode({ name: 's3rver', entry, args: [...where, '--configure-bucket', 'files'] })
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(url)).status > 0, { what: 'the S3 server to answer' })
  const stop = async () => {
    await server.stop()
    folder.remove()
  }
  return { place: placeOf(new URL(`http://S3RVER:S3RVER@127.0.0.1:${port}/files`)), stop }
}

const placeOf = ({ protocol, host, pathname, username, password }: URL): S3Place => ({
  bucket: pathname.slice(1),
  endpoint: `${protocol}//${host}`,
  region: 'us-east-1',
  prefix: '',
  credentials: { accessKey: decodeURIComponent(username), secretKey: decodeURIComponent(password) },
})
