import type { Redis } from 'ioredis'
import { sweepLeaseKey, sweepMarkKey } from './keys.ts'

/** Takes or renews the lease on sweeping; true while this owner has it. It ends by itself when the owner dies. */
export async function holdSweepLease(redis: Redis, owner: string, lifetimeMs: number): Promise<boolean> {
  const taken = await redis.set(sweepLeaseKey, owner, 'PX', lifetimeMs, 'NX')
  if (taken === 'OK') return true
  if ((await redis.get(sweepLeaseKey)) !== owner) return false
  await redis.pexpire(sweepLeaseKey, lifetimeMs)
  return true
}

export async function releaseSweepLease(redis: Redis, owner: string): Promise<void> {
  if ((await redis.get(sweepLeaseKey)) === owner) await redis.del(sweepLeaseKey)
}

export interface SweepMark {
  /** Every task queued before then has been seen to have its job in this Redis. */
  sweptUntil: Date
  /** When this Redis was first swept. */
  firstSweptAt: Date
}

/** Null: this Redis has never been swept, has lost its data or was restarted; everything must be looked at. */
export async function readSweepMark(redis: Redis): Promise<SweepMark | null> {
  const [fields, redisRunId] = await Promise.all([redis.hgetall(sweepMarkKey), runIdOf(redis)])
  if (fields.redisRunId !== redisRunId) return null
  return { sweptUntil: new Date(Number(fields.sweptUntil)), firstSweptAt: new Date(Number(fields.firstSweptAt)) }
}

export async function writeSweepMark(redis: Redis, mark: SweepMark): Promise<void> {
  await redis.hset(sweepMarkKey, {
    redisRunId: await runIdOf(redis),
    sweptUntil: mark.sweptUntil.getTime(),
    firstSweptAt: mark.firstSweptAt.getTime(),
  })
}

/** Changes when the server process does, be it a restart or a failover to a replica that may lag behind. */
async function runIdOf(redis: Redis): Promise<string> {
  const info = await redis.info('server')
  return /run_id:(\w+)/.exec(info)?.[1] ?? ''
}
