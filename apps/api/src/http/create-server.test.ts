import { createLogger } from '@inferq/telemetry'
import { describe, expect, it } from 'vitest'
import type { ApiMetrics } from '../metrics.ts'
import { createServer } from './create-server.ts'

const forwarded = {
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'tasks.example',
  'x-forwarded-for': '203.0.113.7',
}

/** How a request that came from `remoteAddress` looks to a route. */
async function seen(remoteAddress: string, trustedProxies: readonly string[]): Promise<unknown> {
  const server = await createServer({
    metrics: { http: { observe: () => {} } } as unknown as ApiMetrics,
    log: createLogger({ name: 'api', level: 'silent' }),
    maxBodyBytes: 1_024,
    trustedProxies,
  })
  server.get('/', ({ protocol, host, ip }) => ({ protocol, host, ip }))
  const answer = await server.inject({ url: '/', remoteAddress, headers: { host: 'inside:8008', ...forwarded } })
  await server.close()
  return answer.json()
}

const outside = { protocol: 'https', host: 'tasks.example', ip: '203.0.113.7' }

describe('what a proxy says of its caller', () => {
  it.each([
    ['10.1.2.3', ['10.0.0.0/8']],
    ['127.0.0.1', ['192.168.0.1', '127.0.0.1']],
    ['fd00::5', ['fd00::/8']],
  ])('is believed when %s is among %j', async (from, trusted) => {
    expect(await seen(from, trusted)).toEqual(outside)
  })

  it.each([
    ['10.1.2.3', []],
    ['11.1.2.3', ['10.0.0.0/8']],
  ])('is nothing but words when %s is not among %j', async (from, trusted) => {
    expect(await seen(from, trusted)).toEqual({ protocol: 'http', host: 'inside:8008', ip: from })
  })
})
