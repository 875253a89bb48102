import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { settingsTable } from '@inferq/service'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { variables } from './variables.ts'

describe('the settings of the api', () => {
  it('need nothing to be set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8008,
      databaseUrl: undefined,
      models: ['use-lite-en', 'coco-objects', 'marengo3.0'],
    })
    expect(isAbsolute(config.files.folder ?? '')).toBe(true)
  })

  it('say how long tasks of the TwelveLabs API are kept: a week, or for ever', () => {
    const kept = (days?: string) => readConfig({ INFERQ_TWELVELABS_RETENTION_DAYS: days }).twelvelabs.retentionMs
    expect([kept(), kept('30'), kept('0')]).toEqual([604_800_000, 2_592_000_000, Number.POSITIVE_INFINITY])
  })

  it('name the proxies that are trusted, by address or network', () => {
    const proxies = (list: string) => readConfig({ INFERQ_TRUSTED_PROXIES: list }).trustedProxies
    expect(proxies(' 127.0.0.1, 10.0.0.0/8,::1,fd00::/8')).toEqual(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])
    expect(readConfig({}).trustedProxies).toEqual([])
    for (const wrong of ['proxy.lan', '10.0.0.0/33', '10.0.0'])
      expect(() => proxies(wrong)).toThrow('neither an address')
  })

  it('are refused with all that is wrong with them, and not a word of a secret', () => {
    const bad = { PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@host', INFERQ_TEXT_MODELS: 'a,a' }
    for (const name of Object.keys(bad)) expect(() => readConfig(bad)).toThrow(name)
    expect(() => readConfig(bad)).not.toThrow('hunter2')
  })

  it('are listed in docs/configuration.md, each and no other', () => {
    const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8')
    const section = page.split('## ').find((text) => text.startsWith('The api\n')) ?? ''
    expect(section.split('\n').filter((line) => line.startsWith('| `'))).toEqual(settingsTable(variables))
  })
})
