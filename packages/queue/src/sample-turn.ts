import type { Redis } from 'ioredis'
import { sampleTurnKey } from './keys.ts'

/** True for one caller per interval, over all api instances: the one who takes the figures this time. */
export async function takeSampleTurn(redis: Redis, intervalMs: number): Promise<boolean> {
  return (await redis.set(sampleTurnKey, '1', 'PX', intervalMs, 'NX')) === 'OK'
}
