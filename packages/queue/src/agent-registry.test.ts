import type { Agent } from '@inferq/domain'
import { sharedRedisUrl, until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { createAgentRegistry } from './agent-registry.ts'
import { agentKey, agentMember, agentsKey } from './keys.ts'
import { connectionsTo, randomId } from './queue.fixture.ts'

const { request } = connectionsTo(sharedRedisUrl())
const redis = request()
const registry = createAgentRegistry(redis)

const agentFor = (company: string, more: Partial<Agent> = {}): Agent => ({
  id: 'host:gpu0',
  key: 'k',
  company,
  user: 'u1',
  ip: '10.0.0.1',
  queues: [randomId()],
  tags: ['a'],
  systemTags: [],
  registerTimeoutSeconds: 600,
  registeredAt: new Date(1_000),
  lastActivityAt: new Date(),
  lastReportAt: null,
  task: null,
  queue: null,
  runtime: {},
  ...more,
})

const leftMs = (agent: Agent) => redis.pttl(agentKey(agent.company, agentMember(agent.user, agent.id)))

describe('the registry of agents', () => {
  it('gives back what was put, dates and runtime properties included', async () => {
    const agent = agentFor(randomId(), { runtime: { 'a:b': 'x' }, lastReportAt: new Date(2_000), task: randomId() })
    await registry.put(agent)
    expect(await registry.find(agent.company, agent.user, agent.id)).toEqual(agent)
  })

  it('has one entry per company, user and worker id, and a later one replaces the earlier', async () => {
    const company = randomId()
    const agents = [agentFor(company), agentFor(company, { user: 'u2' }), agentFor(company, { id: 'other' })]
    for (const agent of agents) await registry.put(agent)
    await registry.put({ ...agents[0], tags: ['later'] } as Agent)
    const listed = await registry.list(company)
    expect(listed.map(({ user, id, tags }) => [user, id, tags])).toEqual([
      ['u1', 'host:gpu0', ['later']],
      ['u1', 'other', ['a']],
      ['u2', 'host:gpu0', ['a']],
    ])
    expect(await registry.list(randomId())).toEqual([])
    expect(await registry.find(company, 'u3', 'host:gpu0')).toBeNull()
  })

  it('keeps apart ids whose parts run together when they are joined', async () => {
    const company = randomId()
    await registry.put(agentFor(company, { user: 'a/b', id: 'c' }))
    expect(await registry.find(company, 'a', 'b/c')).toBeNull()
    await registry.put(agentFor(company, { user: 'a', id: 'b/c' }))
    expect(await registry.list(company)).toHaveLength(2)
  })

  it('forgets an agent that has been silent for its own timeout, and no other', async () => {
    const company = randomId()
    await registry.put(agentFor(company, { id: 'short', registerTimeoutSeconds: 1 }))
    await registry.put(agentFor(company, { id: 'long' }))
    await until(async () => (await registry.list(company)).length === 1, { what: 'the short one to be forgotten' })
    expect((await registry.list(company))[0]?.id).toBe('long')
    expect(await redis.scard(agentsKey(company))).toBe(1)
  })

  it('counts the timeout from the last activity, so a change of a property does not prolong it', async () => {
    const agent = agentFor(randomId(), { lastActivityAt: new Date(Date.now() - 500_000) })
    await registry.put(agent)
    expect(await leftMs(agent)).toBeLessThanOrEqual(100_000)
    await registry.put({ ...agent, lastActivityAt: new Date() })
    expect(await leftMs(agent)).toBeGreaterThan(500_000)
    await registry.put({ ...agent, lastActivityAt: new Date(1) })
    expect(await registry.find(agent.company, agent.user, agent.id)).toBeNull()
  })

  it('removes an agent once, and says whether it was there', async () => {
    const agent = agentFor(randomId())
    await registry.put(agent)
    expect(await registry.remove(agent.company, agent.user, agent.id)).toBe(true)
    expect(await registry.remove(agent.company, agent.user, agent.id)).toBe(false)
    expect(await registry.list(agent.company)).toEqual([])
  })

  it('skips an entry that it cannot read', async () => {
    const agent = agentFor(randomId())
    await registry.put(agent)
    await redis.set(agentKey(agent.company, agentMember(agent.user, agent.id)), '{"id":1}')
    expect(await registry.list(agent.company)).toEqual([])
  })

  it('answers that it cannot be reached when there is no Redis', async () => {
    const away = createAgentRegistry(connectionsTo('redis://127.0.0.1:1').request())
    await expect(away.list('c')).rejects.toMatchObject({ code: 'QUEUE_UNREACHABLE' })
  })
})
