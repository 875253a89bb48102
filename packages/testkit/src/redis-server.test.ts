import { existsSync } from 'node:fs'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { startRedis } from './redis-server.ts'
import { sharedRedisUrl } from './shared-servers.ts'
import { tempDir } from './temp-dir.ts'

async function withRedis<T>(url: string, use: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url)
  try {
    return await use(client)
  } finally {
    client.disconnect()
  }
}

describe('a Redis server of one’s own', () => {
  it('keeps its data through a kill and a restart', async () => {
    await using server = await startRedis()
    const firstPid = server.pid
    await withRedis(server.url, (client) => client.set('kept', 'yes'))
    await server.kill()
    await server.restart()
    expect(server.pid).not.toBe(firstPid)
    expect(await withRedis(server.url, (client) => client.get('kept'))).toBe('yes')
  })

  it('never evicts, and appends to a file', async () => {
    await using server = await startRedis()
    const settings = await withRedis(server.url, (client) => client.config('GET', 'maxmemory-policy', 'appendonly'))
    expect(settings).toEqual(expect.arrayContaining(['maxmemory-policy', 'noeviction', 'appendonly', 'yes']))
  })

  it('leaves a folder that it was given', async () => {
    await using dir = await tempDir()
    const server = await startRedis({ dir: dir.path })
    await server.stop()
    expect(existsSync(dir.path)).toBe(true)
  })

  it('says why it did not start', async () => {
    await using server = await startRedis()
    await expect(startRedis({ port: server.port })).rejects.toThrow(
      /ended at its start with code 1(.|\n)*Address already in use/,
    )
  })
})

describe('the shared Redis', () => {
  it('answers', async () => {
    expect(await withRedis(sharedRedisUrl(), (client) => client.ping())).toBe('PONG')
  })
})
