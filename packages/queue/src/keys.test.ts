import { describe, expect, it } from 'vitest'
import { agentMember, lineKey, lineName } from './keys.ts'

describe('the keys of a line', () => {
  it('are those that they have always been for plain names', () => {
    expect(lineKey({ company: 'c1', queue: 'GPU high-prio_2.0' }, 'wait')).toBe(
      'inferq:{c1/jobs/GPU high-prio_2.0}:wait',
    )
  })

  it.each(['a:b', 'a{b', 'a}b', 'a/b', 'a%b', 'a\nb', '}', '{', 'ünï', '队列', '%3A'])(
    'lie in one slot for %j',
    (queue) => {
      const name = lineName({ company: 'c1', queue })
      expect(name).toMatch(/^\{[^{}:]+\}$/)
      expect(lineKey({ company: 'c1', queue }, 'wait')).toBe(`inferq:${name}:wait`)
    },
  )

  it('are different for different names', () => {
    const names = ['a:b', 'a%3Ab', 'a%253Ab', 'a/b', 'a{b', 'a}b', 'ab', 'a b', 'A:b', 'a\tb']
    expect(new Set(names.map((queue) => lineName({ company: 'c', queue }))).size).toBe(names.length)
    expect(lineName({ company: 'c', queue: 'x/jobs/y' })).not.toBe(lineName({ company: 'c/jobs/x', queue: 'y' }))
  })
})

describe('the key of an agent', () => {
  it('parts user and worker, whatever they are called', () => {
    expect(agentMember('a', 'b/c')).not.toBe(agentMember('a/b', 'c'))
  })
})
