import { describe, expect, it } from 'vitest'
import { readConfig, variables } from './config.ts'

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8008,
      dataDir: '.inferq',
      filesDir: '.inferq/files',
    })
  })

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: '' })).toMatchObject({ databaseUrl: undefined, port: 8008 })
  })

  it('lists every problem at once, by name', () => {
    const bad = { PORT: 'x', REDIS_URL: 'http://x', INFERQ_TEXT_MODELS: 'a,a', LOG_LEVEL: 'loud' }
    for (const name of Object.keys(bad)) expect(() => readConfig(bad)).toThrow(name)
  })

  it('names each variable once', () => {
    expect(new Set(variables.map(({ name }) => name)).size).toBe(variables.length)
  })
})
