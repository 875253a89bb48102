import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function capture() {
  const lines: string[] = []
  return { lines, destination: { write: (line: string) => void lines.push(line) } }
}

describe('a log line', () => {
  it('names the service, its level and its time in words', () => {
    const { lines, destination } = capture()
    createLogger({ name: 'worker', fields: { worker: 'w1' }, destination }).info({ taskId: 't1' }, 'task started')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      service: 'worker',
      worker: 'w1',
      level: 'info',
      taskId: 't1',
      msg: 'task started',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    })
  })

  it.each([false, true])('hides what is named like a secret, at every depth we log (pretty: %s)', (pretty) => {
    const { lines, destination } = capture()
    const logger = createLogger({ name: 'api', destination, pretty })
    const headers = { authorization: 'Bearer s3cret', 'x-api-key': 's3cret', cookie: 's3cret', accept: 'kept' }
    logger.info({ headers, req: { headers }, a: { b: { headers: { authorization: 's3cret' } } } }, 'request')
    logger.warn({ password: 's3cret', credential: { secretKey: 's3cret', secret_key: 's3cret' } }, 'credential')
    expect(lines.join('')).not.toContain('s3cret')
    expect(lines.join('')).toContain('kept')
  })

  it('is not written below the level', () => {
    const { lines, destination } = capture()
    createLogger({ name: 'api', level: 'warn', destination }).info('quiet')
    expect(lines).toEqual([])
  })
})
