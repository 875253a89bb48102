import { isAbsolute } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('the settings of the api', () => {
  it('need nothing to be set', () => {
    const config = readConfig({})
    expect(config).toMatchObject({ host: '127.0.0.1', port: 8008, databaseUrl: undefined, models: ['use-lite-en'] })
    expect(isAbsolute(config.filesDir)).toBe(true)
  })

  it('are refused with all that is wrong with them, and not a word of a secret', () => {
    const bad = { PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@host', INFERQ_TEXT_MODELS: 'a,a' }
    for (const name of Object.keys(bad)) expect(() => readConfig(bad)).toThrow(name)
    expect(() => readConfig(bad)).not.toThrow('hunter2')
  })
})
