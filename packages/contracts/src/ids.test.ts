import { describe, expect, it } from 'vitest'
import { jobIdOf, parseJobId, QueueName } from './ids.ts'

describe('a job id', () => {
  it('holds task and run, and nothing that BullMQ refuses', () => {
    const taskId = '0123456789abcdef'.repeat(2)
    expect(parseJobId(jobIdOf(taskId, 12))).toEqual({ taskId, run: 12 })
    expect(jobIdOf(taskId, 12)).not.toMatch(/:|^\d+$/)
    expect(parseJobId('something else')).toBeNull()
  })
})

describe('a queue name', () => {
  it.each(['default', 'GPU 1', 'a.b_c-d', 'x'.repeat(100)])('may be %s', (name) => {
    expect(QueueName.safeParse(name).success).toBe(true)
  })

  it.each(['', ' x', 'x ', 'a/b', 'a:b', '{a}', 'ä', 'a\nb', 'x'.repeat(101)])('may not be %j', (name) => {
    expect(QueueName.safeParse(name).success).toBe(false)
  })
})
