import type { TaskQueue } from '@inferq/domain'

const freshMs = 2_000

/** The models a task may ask for: those configured here, and those that live workers announce. */
export function createKnownModels(configured: readonly string[], line: TaskQueue) {
  const seen = new Map<string, { models: readonly string[]; until: number }>()
  return async (company: string): Promise<readonly string[]> => {
    const cached = seen.get(company)
    if (cached && cached.until > Date.now()) return cached.models
    // While Redis is away what was seen last is the best there is.
    const workers = await line.watchers(company).catch(() => null)
    const announced = workers?.flatMap(({ models }) => models.map(({ name }) => name)) ?? cached?.models ?? []
    const models = [...new Set([...configured, ...announced])]
    seen.set(company, { models, until: Date.now() + freshMs })
    return models
  }
}
