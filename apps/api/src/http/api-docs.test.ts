import { createLogger } from '@inferq/telemetry'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../app.ts'
import type { Services } from '../services.ts'

/** The document as it is served. It is made from the routes' schemas alone, so nothing needs to stand behind them. */
async function apiDocument() {
  const log = createLogger({ name: 'api', level: 'silent' })
  const metrics = { http: { observe: () => {} } }
  const app = await buildApp({
    services: { metrics, clearml: {}, deepomatic: {} } as unknown as Services,
    log,
    maxBodyBytes: 1_024,
    corsOrigins: [],
    trustedProxies: [],
  })
  const answer = await app.inject('/docs/openapi.json')
  await app.close().catch(() => {})
  return answer.json()
}

describe('the API document', () => {
  it('is OpenAPI 3.1 and says of every operation what it answers and how it refuses', async () => {
    const document = await apiDocument()
    expect(document.openapi).toMatch(/^3\.1/)
    const operations = Object.values(document.paths as object).flatMap((path) => Object.values(path as object))
    expect(operations.length).toBeGreaterThan(14)
    for (const operation of operations) {
      expect(operation).toMatchObject({ summary: expect.any(String), responses: { '4XX': {}, '5XX': {} } })
    }
  })

  it('is the one in docs/openapi.json', async () => {
    const text = `${JSON.stringify(await apiDocument(), null, 2)}\n`
    await expect(text).toMatchFileSnapshot('../../../../docs/openapi.json')
  })
})
