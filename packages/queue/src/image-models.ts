import { ImageModelDescription } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { imageModelKey, imageModelMember, imageModelsKey } from './keys.ts'

/** Producers go on asking for a model while its workers are away; what nobody has offered for so long is gone. */
const keptMs = 7 * 24 * 3_600_000
const saidAgainMs = 60_000

/**
 * A function to be called with every heartbeat: it says which models this worker has for images, if it has not done so
 * within the last minute, or if Redis knows nothing of one of them, having lost its data.
 */
export function createImageModelAnnouncer(redis: Redis, company: string) {
  let dueAt = 0
  return async (models: readonly ImageModelDescription[]): Promise<void> => {
    if (models.length === 0) return
    const members = models.map(imageModelMember)
    const keys = members.map((member) => imageModelKey(company, member))
    if (Date.now() < dueAt && (await redis.exists(...keys)) === keys.length) return
    const writing = redis.multi().sadd(imageModelsKey(company), ...members)
    for (const [index, model] of models.entries()) {
      writing.set(keys[index] as string, JSON.stringify(model), 'PX', keptMs)
    }
    await writing.exec()
    dueAt = Date.now() + saidAgainMs
  }
}

/** What workers have said of their models within the last days, by name. */
export async function readImageModels(redis: Redis, company: string): Promise<ImageModelDescription[]> {
  const members = (await redis.smembers(imageModelsKey(company))).sort()
  if (members.length === 0) return []
  const texts = await redis.mget(...members.map((member) => imageModelKey(company, member)))
  const gone = members.filter((_, index) => texts[index] === null)
  if (gone.length > 0) await redis.srem(imageModelsKey(company), ...gone)
  return texts.flatMap((text) => {
    // What a newer worker says in another shape is skipped, as with its reports.
    const parsed = text === null ? null : ImageModelDescription.safeParse(JSON.parse(text))
    return parsed?.success ? [parsed.data] : []
  })
}
